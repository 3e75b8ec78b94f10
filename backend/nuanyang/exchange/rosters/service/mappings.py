"""Saved mappings of local sheets."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.exchange.rosters.errors import MappingNameTaken, MappingNotFound
from nuanyang.exchange.rosters.models import RosterMapping
from nuanyang.exchange.rosters.reading.sheet.fields import FIELDS, IGNORE
from nuanyang.exchange.rosters.schemas import MappingInput
from nuanyang.kit.errors import FieldError, Invalid
from nuanyang.kit.ids import new_id


def check_mapping(mapping: dict[str, str]) -> None:
    """Every field named must be one of ours."""
    wrong = [header for header, field in mapping.items() if field not in FIELDS and field != IGNORE]
    if wrong:
        raise Invalid(
            errors=[
                FieldError(
                    f"#/mapping/{header}", "unknown_field", f"“{mapping[header]}”不是可导入的项目。", f"{mapping[header]} is not a field."
                )
                for header in wrong
            ]
        )


async def all_mappings(session: AsyncSession, school_id: UUID) -> list[RosterMapping]:
    """The school's mappings by name."""
    return list(await session.scalars(select(RosterMapping).where(RosterMapping.school_id == school_id).order_by(RosterMapping.name)))


async def find_mapping(session: AsyncSession, school_id: UUID, mapping_id: UUID) -> RosterMapping:
    """One mapping."""
    row = await session.get(RosterMapping, (school_id, mapping_id))
    if row is None:
        raise MappingNotFound
    return row


async def save_mapping(session: AsyncSession, school_id: UUID, body: MappingInput, row: RosterMapping | None = None) -> RosterMapping:
    """Make a mapping, or change one."""
    check_mapping(body.mapping)
    if row is None:
        row = RosterMapping(school_id=school_id, id=new_id())
        session.add(row)
    row.name, row.mapping = body.name, dict(body.mapping)
    try:
        await session.flush()
    except IntegrityError as twin:
        raise MappingNameTaken from twin
    return row


async def drop_mapping(session: AsyncSession, row: RosterMapping) -> None:
    """Forget a mapping; imports keep the one they were made with."""
    await session.delete(row)
    await session.flush()
