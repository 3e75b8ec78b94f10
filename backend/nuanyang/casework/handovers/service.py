"""The notes that go from the former to the next: of a class, of a case, of a clinical file."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.walls import beyond
from nuanyang.casework.handovers import repository
from nuanyang.casework.handovers.errors import Acknowledged, HandoverNotFound, NotWritten
from nuanyang.casework.handovers.models import NOTE, Handover
from nuanyang.casework.handovers.schemas import (
    HandoverNote,
    HandoverNoteInput,
    Handovers,
    HandoverShown,
)
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring


def ask_for_note(
    session: AsyncSession, caller: Caller, student_id: UUID, post: str, data_class: str, *, former: UUID, successor: UUID, on: date
) -> None:
    """Ask the former for a note to the next one, in the transaction of the change itself; nobody hands over to themself."""
    if former != successor:
        session.add(
            Handover(
                school_id=caller.school_id,
                student_id=student_id,
                post=post,
                data_class=data_class,
                from_account_id=former,
                to_account_id=successor,
                effective_on=on,
                created_by=caller.account_id,
            )
        )


async def own(session: AsyncSession, caller: Caller, keyring: Keyring, student_id: UUID | None = None) -> Handovers:
    """What the caller has to write and to read. A note is opened for the next one alone, and only while its class is theirs to read."""
    day = today()
    async with beyond(session, "handover"):  # whoever hands over may have lost the student already
        writing = await repository.of_caller(session, caller, writing=True, day=day, student_id=student_id)
        reading = await repository.of_caller(session, caller, writing=False, day=day, student_id=student_id)
    reading = [row for row in reading if caller.may("read", row.Handover.data_class, row.Student.class_id, row.Student.id)]
    told = [(row.Handover.student_id, row.Handover.data_class) for row in (*writing, *reading)]
    await showed(session, caller, told)
    return Handovers(
        to_write=[_shown(caller, row, None) for row in writing],
        to_read=[_shown(caller, row, _opened(row.Handover, keyring)) for row in reading],
    )


async def counts(session: AsyncSession, caller: Caller) -> tuple[int, int]:
    """How many wait to be written, and to be read."""
    day = today()
    return (
        await repository.count(session, caller, writing=True, day=day),
        await repository.count(session, caller, writing=False, day=day),
    )


async def write(session: AsyncSession, caller: Caller, keyring: Keyring, handover_id: UUID, body: HandoverNoteInput) -> None:
    """Write the note, or write it anew while the next one has not acknowledged it. Who hands over may do so after their own last day, too."""
    row = await repository.one(session, caller.school_id, handover_id)
    if row is None or row.from_account_id != caller.account_id:
        raise HandoverNotFound
    if row.acknowledged_at is not None:
        raise Acknowledged
    row.note_cipher = keyring.encrypt(json.dumps(body.model_dump(), ensure_ascii=False), NOTE, row.id)
    row.written_at = now()
    await session.flush()


async def acknowledge(session: AsyncSession, caller: Caller, handover_id: UUID) -> None:
    """The next one has read it."""
    row = await repository.one(session, caller.school_id, handover_id)
    if row is None or row.to_account_id != caller.account_id or row.effective_on > today():
        raise HandoverNotFound
    if row.written_at is None:
        raise NotWritten
    row.acknowledged_at = row.acknowledged_at or now()
    await session.flush()


def _opened(row: Handover, keyring: Keyring) -> HandoverNote | None:
    return HandoverNote(**json.loads(keyring.decrypt(row.note_cipher, NOTE, row.id))) if row.note_cipher else None


def _shown(caller: Caller, row: Any, note: HandoverNote | None) -> HandoverShown:
    handover, student, class_name, from_name, to_name = row
    return HandoverShown(
        id=handover.id,
        student_id=student.id,
        student_name=student.name,
        class_name=class_name,
        post=handover.post,
        effective_on=handover.effective_on,
        from_name=from_name,
        to_name=to_name,
        is_from_me=handover.from_account_id == caller.account_id,
        written_at=handover.written_at,
        acknowledged_at=handover.acknowledged_at,
        note=note,
    )
