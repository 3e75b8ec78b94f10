"""Counsellors, their cases and sessions, in few words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx

from nuanyang.access.accounts.models import RoleAssignment
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.measures.psychological.cases.models import CounsellingCase
from nuanyang.measures.psychological.counselling.models import NOTE, CounsellingSession
from nuanyang.school.students.models import Student
from tests.factories.consents import said
from tests.factories.students import guardian
from tests.factories.world import World

NOTE_TEXT = "说起夜里常醒，担心妈妈"
SESSION = {
    "held_on": today().isoformat(),
    "minutes": 40,
    "place": "room",
    "topic": "一躺下就睡不着",
    "course": NOTE_TEXT,
    "agreed": "每天写三件小事",
}
REASON = "学生说不想活了，需要立刻了解情况"


@dataclass
class Counselled:
    """A student with an open case, its counsellor, and the school's others."""

    student: Student
    counsellor: httpx.AsyncClient
    case: CounsellingCase
    session: CounsellingSession

    @property
    def url(self) -> str:
        return f"/api/v1/students/{self.student.id}"


async def counselled(
    world: World, student: Student | None = None, counsellor: httpx.AsyncClient | None = None, topic: str = "一躺下就睡不着"
) -> Counselled:
    """A student with an open case of this counsellor (or of a new one) and one session."""
    student = student or await world.student("林晓")
    counsellor = counsellor or await world.client("counsellor")
    await agreed(world, student)
    case = CounsellingCase(school_id=world.school_id, id=new_id(), student_id=student.id, opened_on=today() - timedelta(days=20))
    await world.add(case, on_case(world, counsellor.account, student))  # type: ignore[attr-defined]
    row = await session_of(world, case, counsellor.account, topic)  # type: ignore[attr-defined]
    world.app.state.callers.forget(counsellor.account.id)  # type: ignore[attr-defined]
    return Counselled(student, counsellor, case, row)


async def agreed(world: World, student: Student) -> None:
    """The family has agreed to counselling."""
    await said(world, student, await guardian(world, student), "counselling")


def on_case(world: World, account: Any, student: Student, valid_from: date | None = None, valid_to: date | None = None) -> RoleAssignment:
    """The dated right of who counsels."""
    return RoleAssignment(
        school_id=world.school_id,
        id=new_id(),
        account_id=account.id,
        role="case_counsellor",
        scope_kind="student",
        scope_id=student.id,
        valid_from=valid_from or today() - timedelta(days=20),
        valid_to=valid_to,
    )


async def session_of(
    world: World, case: CounsellingCase, account: Any, topic: str = "一躺下就睡不着", note: str = NOTE_TEXT
) -> CounsellingSession:
    """A session, encrypted with the application's keys."""
    import json

    row_id = new_id()
    body = json.dumps({"topic": topic, "course": note, "agreed": "", "next_on": None}, ensure_ascii=False)
    row = CounsellingSession(
        school_id=world.school_id,
        id=row_id,
        case_id=case.id,
        student_id=case.student_id,
        held_on=today() - timedelta(days=3),
        minutes=40,
        place="room",
        note_cipher=world.app.state.keyring.encrypt(body, NOTE, row_id),
        created_by=account.id,
    )
    return await world.add(row)
