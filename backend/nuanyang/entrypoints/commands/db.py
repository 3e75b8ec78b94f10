"""`nuanyang db …`: preparing and checking the database."""

import asyncio

import typer

from nuanyang.entrypoints.database import DatabaseNotUsable, application_url, check_role, prepare_now
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.settings import Settings, get_settings

app = typer.Typer(no_args_is_help=True, help="Prepare and check the database.")


def admin_url(settings: Settings) -> str:
    """Return the administration URL, which these commands alone may use."""
    if settings.database_url is None:
        raise DatabaseNotUsable("DATABASE_URL is not set: preparing a database needs its administration URL")
    return settings.database_url.get_secret_value()


@app.command()
def prepare() -> None:
    """Make roles, database, extensions, schema and grants; running it again changes nothing that is right."""
    with database_server(get_settings()) as settings:
        prepare_now(settings, admin_url(settings), typer.echo)
        typer.echo("the database is ready")


@app.command()
def check() -> None:
    """Tell whether the service could work: exit code 0, or 1 with the reason."""
    with database_server(get_settings()) as settings:
        asyncio.run(check_role(application_url(settings)))
        typer.echo("the service's role is as it must be")


@app.command()
def url() -> None:
    """Print the administration URL of the embedded server while it runs (for psql)."""
    from nuanyang.kit.embedded_postgres import EmbeddedPostgres  # noqa: PLC0415

    settings = get_settings()
    server = EmbeddedPostgres(settings.postgres_folder)
    if not server.is_running:
        raise DatabaseNotUsable("the embedded server is not running")
    typer.echo(server.tcp_url(settings.database_name))
