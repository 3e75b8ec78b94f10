"""The pupil's own page: what is asked about them, in a child's words, and from fourteen on their own yes or no."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.school.consents import repository
from nuanyang.school.consents.models import ConsentEvent
from nuanyang.school.consents.purposes import purposes
from nuanyang.school.consents.rules import decides_alone, decides_from
from nuanyang.school.consents.schemas import OwnChoice, OwnConsents, OwnEvent, OwnPurpose
from nuanyang.school.consents.service.recording import say_oneself
from nuanyang.school.consents.service.texts import in_force
from nuanyang.school.consents.service.words import words_of
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound


async def shown(session: AsyncSession, caller: Caller, *, is_english: bool) -> OwnConsents:
    """How everything stands that is asked about the caller. Whoever is kept away from them by an order is not mentioned."""
    student, day = await _oneself(session, caller), today()
    states = await repository.states_of(session, caller.school_id, student.id, list(purposes()), day)
    texts = await in_force(session, caller.school_id)
    known = await repository.words_that_count(session, caller.school_id, student.id, day)
    return OwnConsents(
        decides_alone=decides_alone(student.birth_on, day),
        decides_from=decides_from(student.birth_on),
        purposes=[
            OwnPurpose(
                purpose=one.code,  # type: ignore[arg-type]
                name=one.en if is_english else one.zh,
                is_gate=one.is_gate,
                plain=one.plain,
                text=texts[one.code].body,
                text_number=texts[one.code].number,
                state=states[one.code],  # type: ignore[arg-type]
                words=words_of(known, one.code),
                events=_events(known, one.code),
            )
            for one in purposes().values()
        ],
    )


async def say(session: AsyncSession, caller: Caller, body: OwnChoice) -> None:
    """The caller's own word to one purpose."""
    await say_oneself(session, caller, await _oneself(session, caller), body)


async def _oneself(session: AsyncSession, caller: Caller) -> Student:
    student = await session.get(Student, (caller.school_id, caller.person_id))
    if student is None or student.status == "merged":
        raise StudentNotFound
    return student


def _events(known: Sequence[ConsentEvent], purpose: str) -> list[OwnEvent]:
    return [
        OwnEvent(
            action=one.action,  # type: ignore[arg-type]
            how=one.how,  # type: ignore[arg-type]
            text_number=one.text_number,
            who="me" if one.guardian_id is None else "guardian",
            happened_on=one.happened_on,
        )
        for one in known
        if one.purpose == purpose
    ]
