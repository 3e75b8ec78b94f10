"""Opening and closing files, who leads them, and the one timeline: what happens to a student is noted here by the slice in which it happens."""

from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import RoleAssignment
from nuanyang.access.actors import Caller
from nuanyang.casework.dossiers import repository
from nuanyang.casework.dossiers.errors import AlreadyLead, NoOpenDossier, StaffNotFound, StillSupported
from nuanyang.casework.dossiers.models import CaseLead, Dossier, TimelineEntry
from nuanyang.casework.dossiers.repository import open_file
from nuanyang.casework.dossiers.rules import dossier_number, last_day
from nuanyang.casework.handovers.service import ask_for_note
from nuanyang.kit.clock import now, today
from nuanyang.school.students.models import Student

__all__ = ["GONE", "assign_lead", "close_dossier", "close_file", "note", "open_dossier", "open_file"]
GONE = ("graduated", "transferred_out", "dropped_out", "deceased", "merged")


class Author(Protocol):
    """Who makes it happen: somebody signed in, or the school's own night."""

    @property
    def school_id(self) -> UUID: ...
    @property
    def account_id(self) -> UUID | None: ...


def note(
    session: AsyncSession,
    caller: Author,
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


async def open_dossier(session: AsyncSession, caller: Caller, student_id: UUID, data_class: str, *, is_secret: bool = False) -> Dossier:
    """The student's open file; opened now when there is none. Numbers count within school and year: 2026-0001.

    `data_class` is that of the recognition that opens it: the mere fact of support must not leak. `is_secret`: that recognition is withheld
    from somebody, and the time line knows no member of staff; so it says nothing.
    """
    found = await open_file(session, caller.school_id, student_id)
    if found is not None:
        return found
    await repository.lock_numbers(session, caller.school_id)
    found = await open_file(session, caller.school_id, student_id)  # a twin may have opened it while we waited
    if found is not None:
        return found
    year = today().year
    number = dossier_number(year, await repository.files_of_year(session, caller.school_id, year) + 1)
    file = Dossier(
        school_id=caller.school_id,
        student_id=student_id,
        number=number,
        data_class=data_class,
        opened_on=today(),
        created_by=caller.account_id,
    )
    session.add(file)
    await session.flush()
    if not is_secret:
        note(session, caller, student_id, "dossier_opened", data_class, subject=("dossier", file.id), number=file.number)
    return file


async def close_dossier(session: AsyncSession, caller: Caller, student: Student, reason: str) -> Dossier:
    """Close the file with its reason; the case lead's rights end with it. Refused while a recognition is in force, unless the student is gone."""
    if student.status not in GONE and await repository.recognised_classes(session, caller.school_id, student.id):
        raise StillSupported
    return await close_file(session, caller, student.id, reason)


async def close_file(session: AsyncSession, caller: Author, student_id: UUID, reason: str) -> Dossier:
    """Close the open file of whoever has left, or is supported no longer."""
    file = await open_file(session, caller.school_id, student_id)
    if file is None:
        raise NoOpenDossier
    file.closed_on, file.close_reason = today(), reason
    await _end_lead(session, caller.school_id, student_id, today())
    note(session, caller, student_id, "dossier_closed", file.data_class, subject=("dossier", file.id), number=file.number)
    await session.flush()
    return file


async def assign_lead(
    session: AsyncSession, caller: Caller, student_id: UUID, staff_id: UUID, handover_note: str | None
) -> tuple[CaseLead, bool]:
    """Name the one who leads the case from today on; whether their account got the rights. The former lead's rights end at once."""
    file = await open_file(session, caller.school_id, student_id)
    if file is None:
        raise NoOpenDossier
    staff = await repository.active_staff(session, caller.school_id, staff_id)
    if staff is None:
        raise StaffNotFound
    former = await _end_lead(session, caller.school_id, student_id, today(), unless=staff_id)
    lead = CaseLead(
        school_id=caller.school_id,
        student_id=student_id,
        staff_id=staff_id,
        valid_from=today(),
        handover_note=handover_note,
        created_by=caller.account_id,
    )
    session.add(lead)
    has_account = await _give_rights(session, caller, student_id, staff_id)
    name = await _hand_over(session, caller, former, lead, file.data_class) if former else None
    details: dict[str, Any] = {"staff": staff.name} | ({"former": name} if name else {})
    note(session, caller, student_id, "case_lead_assigned", file.data_class, subject=("case_lead", lead.id), **details)
    await session.flush()
    return lead, has_account


async def _give_rights(session: AsyncSession, caller: Caller, student_id: UUID, staff_id: UUID) -> bool:
    accounts = await repository.accounts_of(session, caller.school_id, staff_id)
    for account_id in accounts:
        session.add(
            RoleAssignment(
                school_id=caller.school_id,
                account_id=account_id,
                role="case_lead",
                scope_kind="student",
                scope_id=student_id,
                valid_from=today(),
                created_by=caller.account_id,
            )
        )
    return bool(accounts)


async def _hand_over(session: AsyncSession, caller: Caller, former: CaseLead, lead: CaseLead, data_class: str) -> str | None:
    """Ask the former lead for a note to the next one, where both have an account; the former's name."""
    givers = await repository.accounts_of(session, caller.school_id, former.staff_id)
    takers = await repository.accounts_of(session, caller.school_id, lead.staff_id)
    if givers and takers:
        people = (givers[0], takers[0])
        ask_for_note(session, caller, lead.student_id, "case_lead", data_class, former=people[0], successor=people[1], on=lead.valid_from)
    member = await repository.staff_member(session, caller.school_id, former.staff_id)
    return member.name if member else None


async def _end_lead(session: AsyncSession, school_id: UUID, student_id: UUID, day: date, *, unless: UUID | None = None) -> CaseLead | None:
    """End the present lead and what it gave; the former lead."""
    former = await repository.current_lead(session, school_id, student_id)
    if former is not None and former.staff_id == unless:
        raise AlreadyLead
    for role in await repository.lead_roles(session, school_id, student_id):
        # Dates are whole days; rights end now, so the role's last day is yesterday even if it began today.
        role.valid_to = day - timedelta(days=1)
        role.valid_from = min(role.valid_from, role.valid_to)
    if former is None:
        return None
    former.valid_to = last_day(former.valid_from, day)
    await session.flush()
    return former
