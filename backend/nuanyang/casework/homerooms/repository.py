"""Who holds a class, and which of its students are supported."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment
from nuanyang.casework.dossiers.models import Dossier
from nuanyang.school.classes.models import ClassStaff
from nuanyang.school.students.models import Student


async def accounts_of(session: AsyncSession, school_id: UUID, staff_id: UUID) -> list[Account]:
    """The accounts in use of a member of staff."""
    statement = select(Account).join(Membership, Membership.account_id == Account.id)
    mine = (Membership.school_id == school_id, Membership.person_kind == "staff", Membership.person_id == staff_id)
    return list((await session.scalars(statement.where(*mine, Account.disabled_at.is_(None)).order_by(Account.id))).all())


async def homeroom_roles(session: AsyncSession, school_id: UUID, class_id: UUID, day: date) -> Sequence[tuple[RoleAssignment, Account]]:
    """Who holds the class in their own right on this day or later, the earliest first; locked."""
    statement = (
        select(RoleAssignment, Account)
        .join(Account, Account.id == RoleAssignment.account_id)
        .where(RoleAssignment.school_id == school_id, RoleAssignment.role == "homeroom_teacher", RoleAssignment.scope_id == class_id)
        .where(RoleAssignment.delegated_from.is_(None), or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= day))
        .order_by(RoleAssignment.valid_from, RoleAssignment.id)
        .with_for_update(of=RoleAssignment)
    )
    return [(row[0], row[1]) for row in (await session.execute(statement)).all()]


async def class_posts(session: AsyncSession, school_id: UUID, class_id: UUID, day: date) -> Sequence[ClassStaff]:
    """The posts of homeroom teacher on this day or later."""
    statement = select(ClassStaff).where(
        ClassStaff.school_id == school_id,
        ClassStaff.class_id == class_id,
        ClassStaff.role == "homeroom_teacher",
        or_(ClassStaff.valid_to.is_(None), ClassStaff.valid_to >= day),
    )
    return (await session.scalars(statement)).all()


async def supported_in(session: AsyncSession, school_id: UUID, class_id: UUID, classes: Iterable[str]) -> list[tuple[UUID, str]]:
    """The students of a class with an open file of one of these classes of data."""
    statement = (
        select(Dossier.student_id, Dossier.data_class)
        .join(Student, and_(Student.school_id == Dossier.school_id, Student.id == Dossier.student_id))
        .where(Dossier.school_id == school_id, Dossier.closed_on.is_(None), Student.class_id == class_id)
        .where(Dossier.data_class.in_(list(classes)))
        .order_by(Student.pinyin, Student.id)
    )
    return [(row.student_id, row.data_class) for row in (await session.execute(statement)).all()]
