"""Reading and changing the own contact; the database records the change."""

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.errors import NotFound
from nuanyang.school.guardians.models import Guardian
from nuanyang.school.own_contacts.schemas import OwnContactPatch


async def own_row(session: AsyncSession, caller: Caller) -> Guardian:
    """The guardian who is signed in."""
    found = await session.get(Guardian, (caller.school_id, caller.person_id))
    if found is None:
        raise NotFound
    return found


async def change_own(session: AsyncSession, caller: Caller, seen_version: int, patch: OwnContactPatch) -> Guardian:
    """Write what the patch names."""
    guardian = await own_row(session, caller)
    expect_version(seen_version, guardian.version)
    for name, value in patch.model_dump(exclude_unset=True).items():
        setattr(guardian, name, value)
    await session.flush()
    return guardian
