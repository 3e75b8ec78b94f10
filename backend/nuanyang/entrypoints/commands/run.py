"""`nuanyang run`: everything in one process tree, as `make run` starts it."""

import importlib
import importlib.util
import os
import sys
import time
from typing import Any

import typer

from nuanyang.entrypoints.database import DatabaseNotUsable, application_url, prepare_now
from nuanyang.entrypoints.processes import AskedToStop, Child, ProcessTree, is_port_free, stop_on_signals
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
        with stop_on_signals(), database_server(settings) as reached:
            _say(f"PostgreSQL is up ({'embedded, in ' + str(settings.postgres_folder) if settings.is_embedded else 'external'})")
            code = _serve(reached)
    except AskedToStop:
        _say("stopped; the data is kept")
    sys.exit(code)


def _serve(settings: Settings) -> int:
    if settings.database_url:
        prepare_now(settings, settings.database_url.get_secret_value(), _say)
    _say("the database is ready")
    _load_demo(settings)
    tree = ProcessTree()
    try:
        environment = _environment(settings)
        tree.add(Child("server", ["serve"], environment))
        tree.add(Child("worker", ["worker"], environment, is_replaceable=True))
        _wait_until_ready(settings, tree)
        return tree.watch()
    finally:
        _say("stopping …")
        tree.stop()


def _environment(settings: Settings) -> dict[str, str]:
    # The children work with the restricted role's URL and never see the administration URL.
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "NUANYANG_DATABASE_URL"}}
    return {**kept, "NUANYANG_APP_DATABASE_URL": application_url(settings), "NUANYANG_VAR": str(settings.var)}


def _load_demo(settings: Settings) -> None:
    demo = _demo()
    if demo is None or not settings.is_demo:
        return
    demo.load_demo(application_url(settings), settings, _say)


def _wait_until_ready(settings: Settings, tree: ProcessTree) -> None:
    import httpx  # noqa: PLC0415

    host = "127.0.0.1" if settings.host in {"0.0.0.0", ""} else settings.host  # noqa: S104 - read here, not bound
    address = f"http://{host}:{settings.port}"
    while tree.children[0].exit_code is None:
        try:
            if httpx.get(f"{address}/readyz", timeout=2, trust_env=False).status_code == 200:
                break
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    else:
        return
    _say(f"ready after {time.monotonic() - STARTED:.1f} s")
    _greet(settings.public_url or address, settings)


def _greet(address: str, settings: Settings) -> None:
    _say(f"\n  Nuanyang 暖阳   {address}\n")
    demo = _demo()
    if demo is not None and settings.is_demo and (lines := demo.accounts_text(settings)):
        _say(lines)
    _say("Ctrl-C stops everything; the data stays in " + str(settings.var))


def _demo() -> Any:
    """Return the demo's loader, where this installation has one."""
    return importlib.import_module("nuanyang.demo.load") if importlib.util.find_spec("nuanyang.demo.load") else None


def _say(line: str) -> None:
    typer.echo(line)
    sys.stdout.flush()
