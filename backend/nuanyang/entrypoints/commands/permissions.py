"""`nuanyang permissions`: the policy in words."""

import json
from typing import Annotated

import typer

from nuanyang.entrypoints.commands.openapi import contract
from nuanyang.entrypoints.policy_page import PAGE, page

app = typer.Typer()


@app.command()
def permissions(
    *,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail when the committed page differs.")] = False,
) -> None:
    """Write docs/permissions.md: roles, classes of data, and what each operation asks."""
    fresh = page(json.loads(contract()))
    if check and (not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh):
        typer.echo("docs/permissions.md is not what the policy says: run `make openapi`", err=True)
        raise typer.Exit(1)
    if not check:
        PAGE.write_text(fresh, encoding="utf-8")
