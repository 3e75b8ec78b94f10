"""`nuanyang worker`: background work."""

import typer

from nuanyang.entrypoints.processes import is_child
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.settings import get_settings

app = typer.Typer()


@app.command()
def worker() -> None:
    """Run background jobs on a prepared database; as many processes as wanted."""
    from nuanyang.entrypoints import worker as process  # noqa: PLC0415 - the tasks of all slices load only here

    if is_child():
        process.run(get_settings())
        return
    with database_server(get_settings()) as settings:
        process.run(settings)
