"""Finding schools."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.school.schools.models import School


async def school_by_code(session: AsyncSession, code: str) -> School | None:
    """The school of a 学校标识码."""
    return (await session.scalars(select(School).where(School.code == code))).one_or_none()
