"""Which function does which kind of work."""

import importlib
from collections.abc import Awaitable, Callable
from pathlib import Path

from nuanyang.kit.jobs.run import Run

Handler = Callable[[Run], Awaitable[None]]
_handlers: dict[str, Handler] = {}


class UnknownTask(Exception):
    """No slice of this release does this kind of work."""


def task(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does a kind of work, named `slice.verb`."""

    def register(handler: Handler) -> Handler:
        if kind in _handlers and _handlers[kind] is not handler:
            raise ValueError(f"two tasks are named {kind}")
        _handlers[kind] = handler
        return handler

    return register


def handler_of(kind: str) -> Handler:
    """Return the function for a kind."""
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownTask(kind) from None


def load_tasks(package: Path, name: str) -> list[str]:
    """Import every `tasks.py` below a package, so that its tasks register; return the modules' names."""
    files = sorted({*package.rglob("tasks.py"), *package.rglob("tasks/__init__.py")})
    modules = [".".join((name, *file.relative_to(package).with_suffix("").parts)).removesuffix(".__init__") for file in files]
    for module in modules:
        importlib.import_module(module)
    return modules
