"""Opening and closing files, and the one timeline: what happens to a student is noted here by the slice in which it happens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.dossiers.models import Dossier, TimelineEntry
from nuanyang.kit.clock import now, today


def note(
    session: AsyncSession,
    caller: Caller,
    student_id: UUID,
    kind: str,
    data_class: str,
    *,
    subject: tuple[str, UUID] | None = None,
    happened_at: datetime | None = None,
    **details: Any,
) -> None:
    """Add one event to the student's timeline, in the caller's transaction. `details` are codes, dates and names of measures; never case text."""
    session.add(
        TimelineEntry(
            school_id=caller.school_id,
            student_id=student_id,
            happened_at=happened_at or now(),
            kind=kind,
            data_class=data_class,
            details=details,
            subject_kind=subject[0] if subject else None,
            subject_id=subject[1] if subject else None,
            account_id=caller.account_id,
        )
    )


async def open_dossier(session: AsyncSession, caller: Caller, student_id: UUID, data_class: str) -> Dossier:
    """The student's open file; opened now when there is none. Numbers count within school and year: 2026-0001.

    `data_class` is that of the recognition that opens it: the mere fact of support must not leak.
    """
    found = await open_file(session, caller.school_id, student_id)
    if found is not None:
        return found
    year = today().year
    taken = select(func.count()).select_from(Dossier).where(Dossier.school_id == caller.school_id, Dossier.number.like(f"{year}-%"))
    count = (await session.execute(taken)).scalar_one()
    file = Dossier(school_id=caller.school_id, student_id=student_id, number=f"{year}-{count + 1:04d}", opened_on=today(), created_by=caller.account_id)
    session.add(file)
    await session.flush()
    note(session, caller, student_id, "dossier_opened", data_class, subject=("dossier", file.id), number=file.number)
    return file


async def open_file(session: AsyncSession, school_id: UUID, student_id: UUID) -> Dossier | None:
    """The open file of a student."""
    statement = select(Dossier).where(Dossier.school_id == school_id, Dossier.student_id == student_id, Dossier.closed_on.is_(None))
    return (await session.scalars(statement)).one_or_none()
