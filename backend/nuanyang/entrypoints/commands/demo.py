"""`nuanyang demo …`: the demo district."""

import hashlib
from pathlib import Path

import typer

from nuanyang.entrypoints.database import application_url, prepare_now
from nuanyang.entrypoints.processes import receive_database_url
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.settings import Settings, get_settings

app = typer.Typer(no_args_is_help=True, help="The demo district.")


@app.callback()
def _demo() -> None:
    """Keep `load` a command of its own, though it is the only one."""


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
        typer.echo(greeting_file(settings, url).read_text())


def _load(settings: Settings, url: str) -> None:
    from nuanyang.demo import load as loader  # noqa: PLC0415 - the generators load only here

    loader.load_demo(url, settings, typer.echo)
    greeting_file(settings, url).write_text(loader.accounts_text(settings) or "")


def greeting_file(settings: Settings, url: str) -> Path:
    """Return where the demo's accounts are kept for greeting: it exists once the demo is whole, so that a warm start loads no generator."""
    return settings.private_folder("demo") / f"{hashlib.sha256(url.encode()).hexdigest()[:12]}.txt"
