"""Queries of editions and their clauses; there is nobody's name in them, so a school is all the wall they need."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.programme.editions.models import Edition, EditionClause

# Ids of own measures are counted over the school: two drafts never give the same one.
ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended('own measure ' || :school, 0))")


async def every(session: AsyncSession, school_id: UUID, *, drafts: bool) -> Sequence[Edition]:
    """The editions, the latest first; without `drafts` only those that were approved."""
    statement = select(Edition).where(Edition.school_id == school_id).order_by(Edition.starts_on.desc(), Edition.id.desc())
    return (await session.scalars(statement if drafts else statement.where(Edition.approved_at.is_not(None)))).all()


async def one(session: AsyncSession, school_id: UUID, edition_id: UUID, *, lock: bool = False) -> Edition | None:
    """One edition, for a change locked."""
    return await session.get(
        Edition, (school_id, edition_id), with_for_update={"key_share": False} if lock else None, populate_existing=lock
    )


def is_in_force(day: date) -> ColumnElement[bool]:
    """Whether an edition is the one in force on this day."""
    return and_(Edition.in_force_from <= day, or_(Edition.in_force_until.is_(None), Edition.in_force_until > day))


async def in_force(session: AsyncSession, school_id: UUID, day: date) -> Edition | None:
    """The edition in force on a day; the database allows one."""
    return (await session.scalars(select(Edition).where(Edition.school_id == school_id, is_in_force(day)))).one_or_none()


async def last_approved(session: AsyncSession, school_id: UUID) -> Edition | None:
    """The edition that another one would follow, locked: of two approvals one waits for the other."""
    statement = select(Edition).where(Edition.school_id == school_id, Edition.state == "in_force").with_for_update(key_share=False)
    return (await session.scalars(statement)).one_or_none()


async def clauses(session: AsyncSession, school_id: UUID, edition_id: UUID) -> Sequence[EditionClause]:
    """The clauses of an edition in their order."""
    statement = (
        select(EditionClause)
        .where(EditionClause.school_id == school_id, EditionClause.edition_id == edition_id)
        .order_by(EditionClause.position, EditionClause.clause)
    )
    return (await session.scalars(statement)).all()


async def clause(session: AsyncSession, school_id: UUID, edition_id: UUID, clause_id: UUID) -> EditionClause | None:
    """One clause of this edition."""
    row = await session.get(EditionClause, (school_id, clause_id))
    return row if row is not None and row.edition_id == edition_id else None


async def own_ids(session: AsyncSession, school_id: UUID) -> list[str]:
    """Every own measure that the school has ever had, in drafts as well; nobody adds one meanwhile."""
    await session.execute(ONE_AT_A_TIME, {"school": str(school_id)})
    statement = select(EditionClause.clause).where(EditionClause.school_id == school_id, EditionClause.is_own).distinct()
    return list((await session.scalars(statement)).all())


async def last_position(session: AsyncSession, school_id: UUID, edition_id: UUID, part: str) -> int:
    """Where the clauses of a part end."""
    mine = (EditionClause.school_id == school_id, EditionClause.edition_id == edition_id)
    statement = select(func.max(EditionClause.position)).where(*mine, EditionClause.part == part)
    return (await session.scalar(statement)) or (await session.scalar(select(func.max(EditionClause.position)).where(*mine))) or 0


async def own_measures(session: AsyncSession, school_id: UUID, day: date) -> list[tuple[EditionClause, bool]]:
    """The own measures of approved editions, the oldest edition first, and whether each is in force on the day."""
    statement = (
        select(EditionClause, func.coalesce(is_in_force(day), False))
        .join(Edition, and_(Edition.school_id == EditionClause.school_id, Edition.id == EditionClause.edition_id))
        .where(EditionClause.school_id == school_id, EditionClause.is_own, Edition.approved_at.is_not(None))
        .order_by(Edition.in_force_from, EditionClause.position, EditionClause.clause)
    )
    return [(row, is_on) for row, is_on in await session.execute(statement)]


async def names_of(session: AsyncSession, accounts: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Who made, submitted and approved."""
    wanted = {account for account in accounts if account}
    rows = await session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted))) if wanted else ()
    return {account_id: name for account_id, name in rows}  # noqa: C416 - a result is no dict
