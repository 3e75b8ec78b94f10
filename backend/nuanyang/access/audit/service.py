"""Recording who saw what, sealing the record, and proving that nothing in it was touched."""

import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit import repository
from nuanyang.access.audit.rules import Finding, Head, Seal, check_entries, check_heads, check_seal, make_seal, read_head
from nuanyang.access.permissions import RECORDED_CLASSES
from nuanyang.kit.clock import now
from nuanyang.kit.db import NO_CONTEXT, Database
from nuanyang.kit.ids import new_id

SEALING = 0x6175646974  # advisory lock: one sealer at a time
_PAGE = 200
HEADS = "audit-heads.txt"
# The operation of what no request asked for: the command line, the demo.
COMMAND = "command"


async def saw(
    session: AsyncSession,
    caller: Caller,
    student_ids: Sequence[UUID],
    classes: Iterable[str],
    *,
    fields: Sequence[str] | None = None,
    is_always: bool = False,
    ground: Sequence[str] | None = None,
    **details: Any,
) -> None:
    """Record in the reading's own transaction that a caller was shown these classes of these students; plain classes leave no entry.

    `is_always`: they do, because a copy of everything leaves the school. `ground` where it is not the caller's roles and cases: broken glass.
    The operation is that of the route in whose session it happens (see `access/guards.session_of`).
    """
    shown = sorted(classes) if is_always else recorded(classes)
    if not shown or not student_ids:
        return
    one = len(student_ids) == 1
    values = {
        "school": caller.school_id,
        "operation": session.info.get("operation", COMMAND),
        "student": student_ids[0] if one else None,
        "students": None if one else list(student_ids),
        "classes": shown,
        "ground": list(ground or caller.ground(*student_ids)),
        "fields": list(fields) if fields else None,
        "details": json.dumps(details, ensure_ascii=False) if details else None,
    }
    await session.execute(text(repository.SAW), values)


async def showed(session: AsyncSession, caller: Caller, records: Iterable[tuple[UUID, str]]) -> None:
    """Record what an answer shows: records, each of a student and of a class. One entry an answer, with those whom a recorded class is about."""
    told = [(student_id, data_class) for student_id, data_class in records if data_class in RECORDED_CLASSES]
    students = list(dict.fromkeys(student_id for student_id, _ in told))
    await saw(session, caller, students, {data_class for _, data_class in told})


def seen(operation: str, classes: str, source: str, *, student: str = "", students: str = "", ground: str) -> str:
    """The same for a hot read: a part of its WITH, so that answer and entry are one statement.

    Arguments are SQL: the classes shown (text[]), the FROM they were shown from, one `student` or the aggregate `students`, the `ground`.
    """
    who = f"{student or 'null::uuid'}, {students or 'null::uuid[]'}"
    some = f" having {students} is not null" if students else ""
    return (
        "seen as (insert into audit_entries (school_id, action, operation, student_id, student_ids, data_classes, ground) "  # noqa: S608 - our own words
        f"select $1, 'read', '{operation}', {who}, {classes}, {ground}::text[] from {source}{some})"
    )


def recorded(classes: Iterable[str]) -> list[str]:
    """Those of which every reading is recorded."""
    return sorted(RECORDED_CLASSES.intersection(classes))


async def seal_once(database: Database, key: bytes) -> Seal | None:
    """Seal what has been recorded since; None when there is nothing, or another sealer is at it. `database` works as the sealer."""
    async with database.connection(NO_CONTEXT) as connection:
        if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", SEALING):
            return None
        before = await repository.newest_seal(connection)
        rows = await repository.take_unsealed(connection, before.number + 1 if before else 1)
        if not rows:
            return None
        seal = make_seal(key, before, rows, now())
        await repository.keep_seal(connection, seal)
    return seal


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at, and what it found."""

    entries: int
    seals: int
    head: Head | None
    findings: list[Finding]
    unsealed_for_long: list[UUID]
    erased: int = 0  # entries whose content went by a rule of retention

    @property
    def is_sound(self) -> bool:
        """Whether everything is as it was sealed."""
        return not self.findings and not self.unsealed_for_long


async def verify(database: Database, key: bytes, kept: Iterable[Head]) -> Verified:
    """Recompute every leaf, root and link, and look for the heads kept elsewhere. `database` works as the sealer."""
    findings: list[Finding] = []
    macs: dict[int, bytes] = {}
    entries, erased, before = 0, 0, None
    async with database.connection(NO_CONTEXT) as connection:
        # One snapshot, so that the sealer at work is not taken for somebody tampering.
        await connection.execute("set transaction isolation level repeatable read")
        while seals := await repository.seals_after(connection, before.number if before else 0, _PAGE):
            for seal in seals:
                findings += check_seal(key, before, seal)
                rows = await repository.entries_of(connection, seal.number)
                findings += check_entries(seal, rows)
                macs[seal.number], entries, before = seal.mac, entries + len(rows), seal
                erased += sum(content.startswith("erased") for *_, content in rows)
        newest = before.number if before else 0
        findings += [Finding("inserted", seal, entry) for entry, seal in await repository.foreign_entries(connection, newest)]
        overdue = await repository.overdue_entries(connection)
    findings += check_heads(macs, kept)
    return Verified(entries, len(macs), Head(before.number, before.mac) if before else None, findings, overdue, erased)


async def asked_checks(database: Database) -> list[UUID]:
    """Verifications that somebody waits for."""
    async with database.connection(NO_CONTEXT) as connection:
        return await repository.asked_checks(connection)


async def keep_check(database: Database, found: Verified, asked: Iterable[UUID] = ()) -> None:
    """Keep the result for the page that shows it: as the answer to those who asked, else as the day's own."""
    told = [{**asdict(f), "entry_id": str(f.entry_id) if f.entry_id else None} for f in found.findings[:1000]]
    told += [{"problem": "unsealed", "seal": 0, "entry_id": str(entry)} for entry in found.unsealed_for_long[:1000]]
    async with database.connection(NO_CONTEXT) as connection:
        for check_id in list(asked) or [new_id()]:
            await repository.keep_check(connection, check_id, found.entries, found.seals, found.head, json.dumps(told))


def load_key(folder: Path) -> bytes:
    """The key of the seals, outside of the database; made (0600) at first need."""
    path = folder / "audit.key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(32).encode())
    return bytes.fromhex(path.read_text())


def keep_head(folder: Path, seal: Seal) -> bool:
    """Append the newest head to the file in the second place, once a day; answers whether it did."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, day = folder / HEADS, seal.sealed_at.date().isoformat()
    lines = path.read_text().splitlines() if path.exists() else []
    if lines and lines[-1].startswith(day):
        return False
    with path.open("a") as file:
        file.write(f"{day} {Head(seal.number, seal.mac)}\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def kept_heads(folder: Path) -> list[Head]:
    """The heads in the second place; lines that are no heads are left out."""
    path = folder / HEADS
    if not path.exists():
        return []
    heads = []
    for line in path.read_text().splitlines():
        try:
            heads.append(read_head(line.partition(" ")[2]))
        except ValueError:
            continue
    return heads
