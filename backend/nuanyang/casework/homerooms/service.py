"""接班: the homeroom teacher changes from a day on, and the former is asked for a note about each supported student."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import events
from nuanyang.access.accounts.models import RoleAssignment
from nuanyang.access.actors import Caller
from nuanyang.access.permissions import ROLES
from nuanyang.access.walls import beyond
from nuanyang.casework.handovers.service import ask_for_note
from nuanyang.casework.homerooms import repository
from nuanyang.casework.homerooms.errors import NoHomeroomTeacher, NoSuccessor
from nuanyang.casework.homerooms.schemas import HomeroomTeacherInput, HomeroomTeacherShown
from nuanyang.kit.clock import today
from nuanyang.kit.errors import FieldError, invalid
from nuanyang.school.classes.models import ClassStaff, SchoolClass

DAY = timedelta(days=1)


async def change_homeroom_teacher(
    session: AsyncSession, caller: Caller, class_id: UUID, body: HomeroomTeacherInput
) -> HomeroomTeacherShown:
    """接班: somebody else from a day on; the former's right, and whoever stands in for them, ends the day before."""
    if body.from_on < today():
        raise invalid("#/from_on", "in_the_past", "接班日期不能早于今天。", "The day of the change lies in the past.")
    held = await repository.homeroom_roles(session, caller.school_id, class_id, today())
    room = await session.get(SchoolClass, (caller.school_id, class_id))
    if room is None or not held:
        raise NoHomeroomTeacher
    role, former = held[0]
    successor = next(iter(await repository.accounts_of(session, caller.school_id, body.staff_id)), None)
    if successor is None or successor.id in (former.id, caller.account_id):
        raise NoSuccessor(errors=[FieldError("#/staff_id", NoSuccessor.code, NoSuccessor.zh, NoSuccessor.en)])
    for planned, _ in held[1:]:
        _end(planned, today() - DAY)  # another change was planned and does not come
    _end(role, body.from_on - DAY)
    for post in await repository.class_posts(session, caller.school_id, class_id, today()):
        _end(post, (body.from_on if post.valid_from <= today() else today()) - DAY)
    await session.flush()
    session.add(
        RoleAssignment(
            school_id=caller.school_id,
            account_id=successor.id,
            role="homeroom_teacher",
            scope_kind="class",
            scope_id=class_id,
            valid_from=body.from_on,
            created_by=caller.account_id,
        )
    )
    session.add(
        ClassStaff(school_id=caller.school_id, class_id=class_id, staff_id=body.staff_id, role="homeroom_teacher", valid_from=body.from_on)
    )
    events.record(session, former.id, "role_ended", actor_id=caller.account_id, role="homeroom_teacher")
    events.record(session, successor.id, "role_given", actor_id=caller.account_id, role="homeroom_teacher")
    # Only of whom a homeroom teacher may know: that somebody is asked for a note tells that there is a case.
    known = [c for c, actions in ROLES["homeroom_teacher"].items() if "read" in actions]
    async with beyond(session, "handover"):  # the administrator who makes the change sees none of them
        for student_id, data_class in await repository.supported_in(session, caller.school_id, class_id, known):
            ask_for_note(
                session, caller, student_id, "homeroom_teacher", data_class, former=former.id, successor=successor.id, on=body.from_on
            )
    return HomeroomTeacherShown(class_id=class_id, name=successor.display_name, from_on=body.from_on, former=former.display_name)


def _end(row: RoleAssignment | ClassStaff, last_day: date) -> None:
    row.valid_from, row.valid_to = min(row.valid_from, last_day), last_day
