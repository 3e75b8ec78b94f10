"""`nuanyang demo …`: the demo district."""

import typer

from nuanyang.entrypoints.database import application_url, prepare_now
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.settings import get_settings

app = typer.Typer(no_args_is_help=True, help="The demo district.")


@app.callback()
def _demo() -> None:
    """Keep `load` a command of its own, though it is the only one."""


@app.command()
def load() -> None:
    """Load the demo district of three schools into an empty database."""
    from nuanyang.demo import load as loader  # noqa: PLC0415 - the generators load only here

    with database_server(get_settings()) as settings:
        if settings.database_url:
            prepare_now(settings, settings.database_url.get_secret_value(), typer.echo, is_quick=True)
        loader.load_demo(application_url(settings), settings, typer.echo)
        if lines := loader.accounts_text(settings):
            typer.echo(lines)
