"""The library of templates: shipped ones from `data/templates.toml`, and the school's own from the database."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.plans.models import PlanTemplate
from nuanyang.casework.plans.rules import Template


@cache
def shipped() -> Mapping[str, Template]:
    """The shipped templates by code, in the order of the file."""
    document = tomllib.loads(files("nuanyang.casework.plans").joinpath("data", "templates.toml").read_text("utf-8"))
    rows = (row | {"needs": tuple(row["needs"])} for row in document["templates"])
    return {row["code"]: Template(id=row.pop("code"), is_shipped=True, **row) for row in rows}


def of_row(row: PlanTemplate) -> Template:
    """A school's own template as a value."""
    return Template(
        str(row.id), row.name, row.name, row.category, row.support_level, row.description, tuple(row.body["needs"]), version=row.version
    )


async def own_rows(session: AsyncSession, school_id: UUID) -> list[PlanTemplate]:
    """The school's templates in use, newest first."""
    statement = (
        select(PlanTemplate).where(PlanTemplate.school_id == school_id, PlanTemplate.retired_at.is_(None)).order_by(PlanTemplate.id.desc())
    )
    return list((await session.scalars(statement)).all())


async def own_row(session: AsyncSession, school_id: UUID, template_id: UUID) -> PlanTemplate | None:
    """One of the school's templates in use."""
    row = await session.get(PlanTemplate, (school_id, template_id))
    return row if row is not None and row.retired_at is None else None


async def find(session: AsyncSession, school_id: UUID, key: str, *, also_retired: bool = False) -> Template | None:
    """A template by its code or id; plans made from a retired one still compare with it."""
    if key in shipped():
        return shipped()[key]
    try:
        row = await session.get(PlanTemplate, (school_id, UUID(key)))
    except ValueError:
        return None
    return None if row is None or (row.retired_at is not None and not also_retired) else of_row(row)
