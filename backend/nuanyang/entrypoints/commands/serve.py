"""`nuanyang serve`: the API and the web app on a prepared database."""

import typer

from nuanyang.entrypoints.processes import is_child
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.settings import get_settings

app = typer.Typer()


@app.command()
def serve() -> None:
    """Serve the API and the web app on a prepared database (see `nuanyang db prepare`)."""
    from nuanyang.entrypoints import serve as server  # noqa: PLC0415 - the web framework loads only here

    if is_child():
        server.run(get_settings())
        return
    with database_server(get_settings()) as settings:
        server.run(settings)
