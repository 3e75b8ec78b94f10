"""The command `nuanyang`. Each module in `commands` is one command or group, loaded only when it is called."""

import importlib
import pkgutil
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from nuanyang.entrypoints import commands


class Commands(TyperGroup):
    """Finds commands by the names of their modules."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the framework passes it
        """Return every command's name."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return one command."""
        name = cmd_name.replace("-", "_")
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{name}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def _nuanyang() -> None:
    """Nuanyang 暖阳: one file and one plan for every student who needs support."""


def main() -> None:
    """Run the command line."""
    from nuanyang.entrypoints.database import DatabaseNotUsable  # noqa: PLC0415 - keeps --help quick
    from nuanyang.kit.embedded_postgres import BinariesNotFound, ServerDidNotStart  # noqa: PLC0415

    try:
        app()
    except (DatabaseNotUsable, BinariesNotFound, ServerDidNotStart, OSError) as fact:  # among the last: the database does not answer
        print(f"nuanyang: {fact}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
