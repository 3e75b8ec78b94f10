"""`nuanyang demo …`: the demo district."""

import hashlib
from pathlib import Path

import typer

from nuanyang.entrypoints.database import application_url, prepare_now
from nuanyang.entrypoints.processes import receive_database_url
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.settings import Settings, get_settings

app = typer.Typer(no_args_is_help=True, help="The demo district.")


@app.command()
def codes() -> None:
    """Print the second-factor codes of the demo's accounts for the next minutes."""
    from nuanyang.demo.codes import codes_text  # noqa: PLC0415 - loaded only where it is printed

    typer.echo(codes_text(is_asked_for=get_settings().demo_second_factor))


@app.command()
def load() -> None:
    """Load the demo district of three schools into an empty database; a second call goes on where the first stopped."""
    if url := receive_database_url():
        _load(get_settings(), url)
        return
    with database_server(get_settings()) as settings:
        if settings.database_url:
            prepare_now(settings, settings.database_url.get_secret_value(), typer.echo, is_quick=True)
        url = application_url(settings)
        _load(settings, url)
        typer.echo(greeting(settings, url))


def _load(settings: Settings, url: str) -> None:
    from nuanyang.demo import load as loader  # noqa: PLC0415 - the generators load only here

    loader.load_demo(url, settings, typer.echo)
    greeting_file(settings, url, is_other=True).unlink(missing_ok=True)
    greeting_file(settings, url).write_text(loader.accounts_text(settings) or "")


def greeting(settings: Settings, url: str) -> str:
    """Return the demo's accounts, and the codes with which they sign in just now where a second factor is asked for."""
    accounts = greeting_file(settings, url).read_text()
    from nuanyang.demo.codes import codes_text  # noqa: PLC0415

    return f"{accounts}{codes_text(is_asked_for=settings.demo_second_factor)}" if accounts else ""


def greeting_file(settings: Settings, url: str, *, is_other: bool = False) -> Path:
    """Return where the demo's accounts are kept for greeting: it exists once the demo is whole, so that a warm start loads no generator.

    Its name says whether a second factor is asked for (or, `is_other`, the contrary): after a change of the setting the loader runs once more.
    """
    way = "codes" if settings.demo_second_factor != is_other else "4"
    return settings.private_folder("demo") / f"{hashlib.sha256(url.encode()).hexdigest()[:12]}-{way}.txt"
