"""`nuanyang openapi`: the contract."""

import json
from pathlib import Path
from typing import Annotated

import typer

from nuanyang.kit.settings import PROJECT, Settings

app = typer.Typer()
CONTRACT = PROJECT / "openapi" / "openapi.json"


def contract() -> str:
    """Return the OpenAPI document as it is committed."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from nuanyang.entrypoints.http import create_app  # noqa: PLC0415 - the web framework loads only here

    with TemporaryDirectory() as var:
        document = create_app(Settings(var=Path(var))).openapi()
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@app.command()
def openapi(
    *,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail when the committed contract differs.")] = False,
) -> None:
    """Write openapi/openapi.json, the only seam between the two halves."""
    fresh = contract()
    if check and (not CONTRACT.exists() or CONTRACT.read_text() != fresh):
        typer.echo("openapi/openapi.json is not what the code says: run `make openapi`", err=True)
        raise typer.Exit(1)
    if not check:
        CONTRACT.parent.mkdir(exist_ok=True)
        CONTRACT.write_text(fresh)
