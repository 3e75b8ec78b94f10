"""`nuanyang run`: everything in one process tree, as `make run` starts it."""

import http.client
import os
import sys
import time
from collections.abc import Mapping

import typer

from nuanyang.entrypoints.commands.demo import greeting, greeting_file
from nuanyang.entrypoints.database import DatabaseNotUsable, application_url, has_schools, prepare_now
from nuanyang.entrypoints.processes import AskedToStop, Child, ProcessTree, is_port_free, stop_on_signals, stop_with_make
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.settings import Settings, get_settings

app = typer.Typer()
STARTED = time.monotonic()


@app.command()
def run() -> None:
    """Start PostgreSQL if none was given, prepare the database, load the demo district at first, serve, and work."""
    settings = get_settings()
    if not is_port_free(settings.host, settings.port):
        raise DatabaseNotUsable(f"port {settings.port} is taken: stop what listens there, or choose another with PORT=…")
    code = 0
    try:
        with stop_on_signals():
            stop_with_make()
            code = _live(settings, ProcessTree())
    except AskedToStop:
        _say("stopped; the data is kept")
    sys.exit(code)


def _live(settings: Settings, tree: ProcessTree) -> int:
    server = Child("server", ["serve"], _environment(settings))
    tree.add(server)  # it loads its code while PostgreSQL starts, and waits for the URL
    try:
        with database_server(settings) as reached:
            try:
                return _serve(reached, tree, server)
            finally:
                _say("stopping …")
                tree.stop()
    finally:
        tree.stop()


def _environment(settings: Settings) -> dict[str, str]:
    # The children work with the restricted role's URL and never see the administration URL.
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "NUANYANG_DATABASE_URL"}}
    return {**kept, "NUANYANG_VAR": str(settings.var), "PYTHONUNBUFFERED": "1"}


def _serve(settings: Settings, tree: ProcessTree, server: Child) -> int:
    _say(f"PostgreSQL is up ({'embedded, in ' + str(settings.postgres_folder) if get_settings().is_embedded else 'external'})")
    if settings.database_url:
        prepare_now(settings, settings.database_url.get_secret_value(), _say, is_quick=True)
    url = application_url(settings)
    server.tell(url)
    if _wait_until_ready(settings, server):
        tree.add(Child("worker", ["worker"], server.environment, is_replaceable=True, database_url=url))
        _greet(settings)
        _show_demo(settings, url, tree, server.environment)
    return tree.watch()


def _wait_until_ready(settings: Settings, server: Child) -> bool:
    while server.exit_code is None:
        connection = http.client.HTTPConnection(_host(settings), settings.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    return False


def _host(settings: Settings) -> str:
    return "127.0.0.1" if settings.host in {"0.0.0.0", "", "::"} else settings.host  # noqa: S104 - compared, not bound


def _greet(settings: Settings) -> None:
    _say(f"ready after {time.monotonic() - STARTED:.1f} s")
    _say(f"\n  Nuanyang 暖阳   {settings.public_url or f'http://{_host(settings)}:{settings.port}'}\n")
    _say(f"Ctrl-C stops everything; the data stays in {settings.var}")


def _show_demo(settings: Settings, url: str, tree: ProcessTree, environment: Mapping[str, str]) -> None:
    """Print the demo's accounts; where the demo is not whole yet, load it first, beside the server, going on where an earlier start stopped."""
    if not settings.is_demo:
        return
    kept = greeting_file(settings, url)
    if kept.exists() and has_schools(url):
        _say(greeting(settings, url))
        return

    def tell(code: int) -> None:
        _say(greeting(settings, url) if code == 0 and kept.exists() else "the demo district is not whole; the next start goes on with it")

    _say("The demo district is loading meanwhile; its accounts are shown when they can be used.")
    tree.add(Child("demo", ["demo", "load"], environment, on_end=tell, database_url=url))


def _say(line: str) -> None:
    typer.echo(line)
    sys.stdout.flush()
