"""Queries of consents."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.consents.models import ConsentEvent, ConsentScan, ConsentText
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.schools.models import School
from nuanyang.school.students.models import Student

HERE = ("enrolled", "suspended")


async def school_name(session: AsyncSession, school_id: UUID) -> str:
    """The name on top of a paper."""
    return (await session.get_one(School, school_id)).name


async def texts_in_force(session: AsyncSession, school_id: UUID) -> dict[str, tuple[ConsentText, str | None]]:
    """The school's newest text of each purpose, and who wrote it; what it never wrote nor used is missing here."""
    newest = (
        select(ConsentText, Account.display_name)
        .outerjoin(Account, Account.id == ConsentText.created_by)
        .where(ConsentText.school_id == school_id)
        .ext(distinct_on(ConsentText.purpose))
        .order_by(ConsentText.purpose, ConsentText.number.desc())
    )
    return {row.purpose: (row, name) for row, name in (await session.execute(newest)).all()}


async def texts_of(session: AsyncSession, school_id: UUID, purpose: str) -> Sequence[Any]:
    """(text, who wrote it) of a purpose, the newest first."""
    statement = (
        select(ConsentText, Account.display_name)
        .outerjoin(Account, Account.id == ConsentText.created_by)
        .where(ConsentText.school_id == school_id, ConsentText.purpose == purpose)
    )
    return (await session.execute(statement.order_by(ConsentText.number.desc()).limit(200))).all()


async def keep_first_text(session: AsyncSession, school_id: UUID, purpose: str, body: str) -> None:
    """Number 1 of a purpose, unless there is a text already: what is consented to must be kept word by word."""
    row = {"school_id": school_id, "id": new_id(), "purpose": purpose, "number": 1, "body": body, "asks_again": False}
    await session.execute(insert(ConsentText).values(**row).on_conflict_do_nothing())


async def newest_number(session: AsyncSession, school_id: UUID, purpose: str) -> int | None:
    """The number of the text in force."""
    statement = select(func.max(ConsentText.number)).where(ConsentText.school_id == school_id, ConsentText.purpose == purpose)
    return await session.scalar(statement)


def states(purposes: Iterable[str], day: date) -> list[ColumnElement[str]]:
    """How each purpose stands, over `students`; the database decides."""
    return [func.consent_state(Student.id, purpose, day).label(purpose) for purpose in purposes]


async def states_of(session: AsyncSession, school_id: UUID, student_id: UUID, purposes: Sequence[str], day: date) -> dict[str, str]:
    """The state of each purpose for one student."""
    statement = select(*states(purposes, day)).where(Student.school_id == school_id, Student.id == student_id)
    return dict(zip(purposes, (await session.execute(statement)).one(), strict=True))


async def events_of(session: AsyncSession, school_id: UUID, student_ids: Sequence[UUID]) -> Sequence[Any]:
    """(event, guardian's name, relation, who recorded it) of these students, the newest word first."""
    statement = (
        select(ConsentEvent, Guardian.name, StudentGuardian.relation, Account.display_name)
        .outerjoin(Guardian, (Guardian.school_id == ConsentEvent.school_id) & (Guardian.id == ConsentEvent.guardian_id))
        .outerjoin(
            StudentGuardian,
            (StudentGuardian.school_id == ConsentEvent.school_id)
            & (StudentGuardian.student_id == ConsentEvent.student_id)
            & (StudentGuardian.guardian_id == ConsentEvent.guardian_id),
        )
        .outerjoin(Account, Account.id == ConsentEvent.recorded_by)
        .where(ConsentEvent.school_id == school_id, ConsentEvent.student_id.in_(student_ids))
        .order_by(ConsentEvent.happened_on.desc(), ConsentEvent.recorded_at.desc(), ConsentEvent.id.desc())
        .limit(2_000)
    )
    return (await session.execute(statement)).all()


async def words_that_count(session: AsyncSession, school_id: UUID, student_id: UUID, day: date) -> Sequence[ConsentEvent]:
    """What the pupil said, and who speaks for them today; the newest word first."""
    statement = select(ConsentEvent).where(
        ConsentEvent.school_id == school_id,
        ConsentEvent.student_id == student_id,
        # The database looks itself: a pupil reads neither relations nor orders.
        ConsentEvent.guardian_id.is_(None) | func.consent_stands(ConsentEvent.student_id, ConsentEvent.guardian_id, day),
    )
    newest = statement.order_by(ConsentEvent.happened_on.desc(), ConsentEvent.recorded_at.desc(), ConsentEvent.id.desc())
    return (await session.scalars(newest.limit(2_000))).all()


async def words_of_guardian(session: AsyncSession, school_id: UUID, student_id: UUID, guardian_id: UUID) -> Sequence[Any]:
    """(event, the text it was said to) of this guardian about this student, the newest first."""
    statement = (
        select(ConsentEvent, ConsentText.body)
        .join(
            ConsentText,
            (ConsentText.school_id == ConsentEvent.school_id)
            & (ConsentText.purpose == ConsentEvent.purpose)
            & (ConsentText.number == ConsentEvent.text_number),
        )
        .where(ConsentEvent.school_id == school_id, ConsentEvent.student_id == student_id, ConsentEvent.guardian_id == guardian_id)
    )
    newest = statement.order_by(ConsentEvent.happened_on.desc(), ConsentEvent.recorded_at.desc(), ConsentEvent.id.desc())
    return (await session.execute(newest.limit(2_000))).all()


async def last_word(
    session: AsyncSession, school_id: UUID, student_id: UUID, purpose: str, guardian_id: UUID | None
) -> ConsentEvent | None:
    """What this person said last about a purpose."""
    own = ConsentEvent.guardian_id.is_(None) if guardian_id is None else ConsentEvent.guardian_id == guardian_id
    statement = select(ConsentEvent).where(
        ConsentEvent.school_id == school_id, ConsentEvent.student_id == student_id, ConsentEvent.purpose == purpose, own
    )
    newest = statement.order_by(ConsentEvent.happened_on.desc(), ConsentEvent.recorded_at.desc(), ConsentEvent.id.desc())
    return (await session.scalars(newest.limit(1))).one_or_none()


async def consenters(session: AsyncSession, school_id: UUID, student_id: UUID, day: date) -> Sequence[Any]:
    """(guardian's id, name, relation) of those who speak for the child today, in their order."""
    statement = (
        select(Guardian.id, Guardian.name, StudentGuardian.relation)
        .join(StudentGuardian, (StudentGuardian.school_id == Guardian.school_id) & (StudentGuardian.guardian_id == Guardian.id))
        .where(StudentGuardian.school_id == school_id, StudentGuardian.student_id == student_id)
        .where(func.consent_stands(StudentGuardian.student_id, Guardian.id, day))
    )
    return (await session.execute(statement.order_by(StudentGuardian.priority, StudentGuardian.id))).all()


async def class_named(session: AsyncSession, school_id: UUID, class_id: UUID) -> str | None:
    """The name of a class."""
    return await session.scalar(select(SchoolClass.name).where(SchoolClass.school_id == school_id, SchoolClass.id == class_id))


async def pupils(session: AsyncSession, school_id: UUID, class_id: UUID, purposes: Sequence[str], day: date) -> Sequence[Any]:
    """(student, whether somebody can consent, state of each purpose…) of a class, in the order of its list."""
    can = (
        select(StudentGuardian.id)
        .where(StudentGuardian.school_id == Student.school_id, StudentGuardian.student_id == Student.id)
        .where(func.consent_stands(Student.id, StudentGuardian.guardian_id, day))
        .exists()
    )
    statement = select(Student, can, *states(purposes, day)).where(
        Student.school_id == school_id, Student.class_id == class_id, Student.status.in_(HERE)
    )
    return (await session.execute(statement.order_by(Student.student_number.nulls_last(), Student.pinyin, Student.id))).all()


async def scan_of(session: AsyncSession, school_id: UUID, scan_id: UUID, student_id: UUID | None = None) -> ConsentScan | None:
    """A scan, without its content; of this student where one is named."""
    statement = select(ConsentScan).where(ConsentScan.school_id == school_id, ConsentScan.id == scan_id)
    if student_id is not None:
        statement = statement.where(ConsentScan.student_id == student_id)
    return (await session.scalars(statement)).one_or_none()


async def scan_cipher(session: AsyncSession, school_id: UUID, scan_id: UUID) -> bytes:
    """The file itself, as it is kept."""
    statement = select(ConsentScan.content_cipher).where(ConsentScan.school_id == school_id, ConsentScan.id == scan_id)
    return (await session.execute(statement)).scalar_one()
