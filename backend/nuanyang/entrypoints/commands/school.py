"""`nuanyang school …`: the first step of a real installation: a school and its administrator."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer

from nuanyang.access.accounts.administration import create_account
from nuanyang.access.accounts.errors import UsernameTaken
from nuanyang.access.accounts.schemas import AccountInput, RoleInput
from nuanyang.entrypoints.database import application_url
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import get_settings
from nuanyang.school.schools.models import School
from nuanyang.school.schools.service import district_of, school_by_code

app = typer.Typer(no_args_is_help=True, help="Schools and their first administrators.")


@app.command()
def create(
    code: Annotated[str, typer.Option(help="学校标识码, ten digits.")],
    name: Annotated[str, typer.Option(help="The school's name.")],
    admin: Annotated[str, typer.Option(help="Sign-in name of its administrator, who makes all other accounts.")],
    first_grade: Annotated[int, typer.Option(min=1, max=12)] = 1,
    last_grade: Annotated[int, typer.Option(min=1, max=12)] = 9,
    primary_years: Annotated[int, typer.Option(min=5, max=6, help="Years of primary school: 6 (六三制) or 5 (五四制).")] = 6,
    district: Annotated[
        str | None,
        typer.Option(help="Code and name of its 区县, as 320102:玄武区; pupils who move between schools of a district are recognised."),
    ] = None,
) -> None:
    """Make a school (or find it by its code) and an administrator for it; prints the one-time password. Exit 1 when the name is taken."""
    if not code.isdecimal() or len(code) != 10:
        raise typer.BadParameter("ten digits", param_hint="--code")
    if last_grade < first_grade:
        raise typer.BadParameter("not before the first grade", param_hint="--last-grade")
    wanted = School(
        id=new_id(), name=name, code=code, first_grade=first_grade, last_grade=last_grade, primary_years=primary_years, created_at=now()
    )
    said = tuple(part.strip() for part in (district or "").split(":")) if district else ()
    if district and (len(said) != 2 or not all(said)):
        raise typer.BadParameter("code:name", param_hint="--district")
    with database_server(get_settings()) as settings:
        try:
            password = asyncio.run(_create(application_url(settings), wanted, admin, said))
        except UsernameTaken as taken:
            typer.echo(taken.en, err=True)
            raise typer.Exit(1) from taken
    typer.echo(f"{name} ({code}): sign in as {admin} with the password {password} within 72 hours")


@app.command()
def second_factor(
    code: Annotated[str, typer.Option(help="学校标识码, ten digits.")],
    policy: Annotated[str, typer.Option(help="required (the default of every school) or off.")],
) -> None:
    """Say whether a school's staff need a second factor to sign in. Administrators can do the same in the web app, with a reason."""
    if policy not in ("required", "off"):
        raise typer.BadParameter("required or off", param_hint="--policy")
    with database_server(get_settings()) as settings:
        asyncio.run(_set_second_factor(application_url(settings), code, policy))
    typer.echo(f"{code}: second factor {policy}")


async def _set_second_factor(url: str, code: str, policy: str) -> None:
    database = Database(url, read_size=1, write_size=1)
    try:
        async with database.session() as session:
            found = await school_by_code(session, code)
            if found is None:
                raise typer.BadParameter("no such school", param_hint="--code")
            found.second_factor = policy
    finally:
        await database.stop()


async def _create(url: str, wanted: School, admin: str, district: tuple[str, ...]) -> str:
    database = Database(url, read_size=1, write_size=1)
    try:
        async with database.session() as session:
            found = await school_by_code(session, wanted.code)
            if found is None:
                session.add(wanted)
            school_id: UUID = found.id if found else wanted.id
            if district:
                (found or wanted).district_id = await district_of(session, *district)
        async with database.session(opening(school_id=school_id, purpose="command")) as session:
            body = AccountInput(username=admin, display_name="学校管理员", roles=[RoleInput(role="admin"), RoleInput(role="registrar")])
            _, password, _ = await create_account(session, school_id, body, None)
        return password
    finally:
        await database.stop()
