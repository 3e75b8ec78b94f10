"""The people of the demo who sign in: one account for everybody on the staff, a few with short names that are printed at the start."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment
from nuanyang.access.accounts.passwords import hash_password
from nuanyang.access.permissions import ROLE_NAMES, ROLE_SCOPES
from nuanyang.demo.people import School, Staff
from nuanyang.demo.staffing import MAIN_HOMEROOM_GRADE
from nuanyang.kit.clock import now
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.years.service import year_of

# Only for the demo district, whose people do not exist; a school's own accounts get random first passwords.
PASSWORD = "nuanyang-2026"  # noqa: S105 - printed at the start, on purpose
DISTRICT_ACCOUNT = "district"
STUDENT = "student"
# A guardian whose child has a plan in force.
PARENT = "guardian2"
_OUTSIDE = {STUDENT: "学生", PARENT: "家长"}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A line of the list that is printed."""

    username: str
    role: str
    school: str

    @property
    def label(self) -> str:
        """校长, 班主任 …"""
        return _OUTSIDE.get(self.role) or ROLE_NAMES[self.role][0]


def username_of(school: School, person: Staff) -> str:
    """principal.xy for who holds an office; the staff key for everybody else."""
    main = {one.key: role for role, one in main_staff(school).items()}
    role = main.get(person.key)
    return main_username(role, school.key) if role else person.key


def main_staff(school: School) -> dict[str, Staff]:
    """One person for each role, the ones to try the program with: teachers of the same grade, so that their work meets."""
    grade = MAIN_HOMEROOM_GRADE[school.stage]
    rooms = school.class_by_key
    found: dict[str, Staff] = {}
    for person in school.staff:
        of_grade = any(rooms[key].year == school.year and rooms[key].grade == grade for key in person.teaches)
        is_main = (
            person.role not in {"homeroom_teacher", "subject_teacher", "grade_head"} or of_grade or person.key.endswith(f"-g{grade:02d}")
        )
        if is_main:
            found.setdefault(person.role, person)
    return found


# Whose accounts are printed: every role in the first school, the leading ones in the others.
_PRINTED_FIRST = (
    *("principal", "vice_principal", "academic_affairs", "moral_education", "counsellor", "general_affairs", "aid_officer"),
    *("youth_league", "registrar", "special_educator", "school_nurse", "admin", "grade_head", "homeroom_teacher", "subject_teacher"),
)
_PRINTED = ("principal", "moral_education", "registrar", "homeroom_teacher")
SCHOOLS = {"xy": "暖阳示范区向阳九年一贯制学校", "gp": "暖阳示范区青松高级中学", "ms": "暖阳示范区明德高级中学"}


def printed_accounts() -> list[DemoAccount]:
    """The lines of the greeting, known without making the schools."""
    lines = [DemoAccount(DISTRICT_ACCOUNT, "district_admin", "")]
    for position, (key, school) in enumerate(SCHOOLS.items()):
        roles = _PRINTED if position else _PRINTED_FIRST
        lines += [DemoAccount(main_username(role, key), role, school) for role in (*roles, STUDENT, PARENT)]
    return lines


def main_username(role: str, school_key: str) -> str:
    """principal.xy."""
    return f"{role.replace('_', '-')}.{school_key}"


async def open_accounts(session: AsyncSession, school_id: UUID, school: School, only: frozenset[str] | None = None) -> int:
    """Give everybody on the staff an account with the roles of this school year; whoever has one keeps it. Answers how many are new.

    `only` names the roles that are needed before the first roster; their people are joined to their account when the roster has brought them.
    """
    members = await _members(session, school_id)
    known = await _known(session, school_id, [username_of(school, one) for one in school.staff])
    classes = await _class_ids(session, school_id) if only is None else {}
    password_hash = await hash_password(PASSWORD)
    opened = 0
    for person in school.staff:
        username, member_id = username_of(school, person), members.get(person.key)
        if username in known:
            known[username].person_id = known[username].person_id or member_id
        elif only is None or person.role in only:
            account = _account(username, person.name.full, password_hash)
            session.add(account)
            await session.flush()
            session.add(Membership(school_id=school_id, account_id=account.id, person_kind="staff", person_id=member_id))
            session.add_all(_roles(school_id, account.id, person, school, classes))
            opened += 1
    await session.flush()
    return opened


async def _members(session: AsyncSession, school_id: UUID) -> dict[str, UUID]:
    """The staff by their number, which is the key that the package gave them."""
    rows = await session.execute(select(StaffMember.staff_number, StaffMember.id).where(StaffMember.school_id == school_id))
    return {row.staff_number: row.id for row in rows if row.staff_number}


async def _known(session: AsyncSession, school_id: UUID, usernames: list[str]) -> dict[str, Membership]:
    """Who of these has an account here already."""
    statement = (
        select(Account.username, Membership)
        .join(Membership, Membership.account_id == Account.id)
        .where(Account.username.in_(usernames), Membership.school_id == school_id)
    )
    return {row.username: row.Membership for row in await session.execute(statement)}


async def open_district_account(session: AsyncSession) -> None:
    """Who looks after all schools of the district."""
    if await session.scalar(select(Account.id).where(Account.username == DISTRICT_ACCOUNT)) is None:
        account = _account(DISTRICT_ACCOUNT, "区县管理员（演示）", await hash_password(PASSWORD))
        account.is_district_admin = True
        session.add(account)
        await session.flush()


async def _class_ids(session: AsyncSession, school_id: UUID) -> dict[str, UUID]:
    """This year's classes by their name."""
    year = await year_of(session, school_id)
    statement = select(SchoolClass.name, SchoolClass.id).where(SchoolClass.school_id == school_id, SchoolClass.school_year_id == year.id)
    return {row.name: row.id for row in await session.execute(statement)}


def _account(username: str, name: str, password_hash: str) -> Account:
    return Account(
        id=new_id(), username=username, display_name=name, password_hash=password_hash, must_change_password=False, created_at=now()
    )


def _roles(school_id: UUID, account_id: UUID, person: Staff, school: School, classes: dict[str, UUID]) -> list[RoleAssignment]:
    def role(name: str, kind: str = "school", scope_id: UUID | None = None, grade: int | None = None) -> RoleAssignment:
        return RoleAssignment(
            school_id=school_id,
            account_id=account_id,
            role=name,
            scope_kind=kind,
            scope_id=scope_id,
            scope_grade=grade,
            valid_from=date(school.year, 9, 1),
        )

    rooms = school.class_by_key
    if person.role == "grade_head":
        return [role("grade_head", "grade", grade=int(person.key[-2:]))]
    if person.role not in {"homeroom_teacher", "subject_teacher"}:
        return [role(person.role)] if person.role in ROLE_SCOPES else []
    here = [rooms[key] for key in person.teaches if rooms[key].year == school.year]
    assignments = [role("subject_teacher", "class", classes[room.title]) for room in here]
    assignments += [role("homeroom_teacher", "class", classes[room.title]) for room in here if room.key in person.homeroom]
    return assignments
