"""Finding schools and districts."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.kit.ids import new_id
from nuanyang.school.schools.models import District, School


async def school_by_code(session: AsyncSession, code: str) -> School | None:
    """The school of a 学校标识码."""
    return (await session.scalars(select(School).where(School.code == code))).one_or_none()


async def district_of(session: AsyncSession, code: str, name: str) -> UUID:
    """The district of a code, made when it is new."""
    found = (await session.scalars(select(District).where(District.code == code))).one_or_none()
    if found is None:
        found = District(id=new_id(), code=code, name=name)
        session.add(found)
        await session.flush()
    return found.id
