"""Consents in few words: texts kept, signed papers, what a guardian or a pupil said."""

from datetime import date
from typing import Any
from uuid import UUID

from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.school.consents.models import ConsentEvent
from nuanyang.school.consents.service.texts import kept_number
from nuanyang.school.guardians.models import Guardian
from nuanyang.school.students.models import Student
from tests.factories.world import World

SIGNED = b"%PDF-1.4 signed"


async def said(
    world: World, student: Student, guardian: Guardian | None, purpose: str = "screening", action: str = "given", **more: Any
) -> ConsentEvent:
    """A yes or no on record, past every service: what the database itself lets in."""
    async with world.session() as session:
        number = await kept_number(session, world.school_id, purpose)
    facts: dict[str, Any] = {"how": "in_person", "happened_on": today(), "text_number": number, "recorded_by": new_id()}
    return await world.add(
        ConsentEvent(
            school_id=world.school_id,
            id=new_id(),
            student_id=student.id,
            purpose=purpose,
            guardian_id=guardian.id if guardian else None,
            action=action,
            **facts | more,
        )
    )


async def scanned(client: Any, student: Student) -> UUID:
    """A signed paper taken in by a member of staff."""
    made = await client.post(f"/api/v1/students/{student.id}/consent-scans", files={"file": ("同意书.pdf", SIGNED)})
    assert made.status_code == 201, made.text
    return UUID(made.json()["id"])


def born(years_ago: int, *, day_later: bool = False) -> date:
    """A birthday so many years ago today, or tomorrow that many years ago."""
    day = today()
    try:
        then = day.replace(year=day.year - years_ago)
    except ValueError:
        then = date(day.year - years_ago, 2, 28)
    return date.fromordinal(then.toordinal() + 1) if day_later else then
