"""A district's delta seats a pupil of one school in another and says nothing else of him: what the old school knows comes along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nuanyang.exchange.rosters.applying.facts import IDENTITY, REGISTRATION
from nuanyang.exchange.rosters.applying.tables import SECONDS
from nuanyang.exchange.rosters.applying.work import Work
from nuanyang.exchange.rosters.reading.records import Before, Identity, Item, Seat, Student, decoded, item
from nuanyang.kit.crypto import Keyring

Enter = Callable[[str], Awaitable[None]]
_KNOWN = """
select s.id, s.name, s.former_name, s.sex, s.birth_on::text, i.identity_kind, i.identity_cipher, i.registration_cipher
from external_ids e join students s on s.school_id = e.school_id and s.id = e.entity_id
left join student_identities i on i.school_id = s.school_id and i.id = s.id
where e.school_id = $1 and e.source = $2 and e.kind = 'student' and e.sourced_id = $3"""


async def with_person(connection: Any, work: Work, seat: Item, before: Before, enter: Enter) -> Item:
    """The seat itself where the pupil is known in this school; else a whole student, copied from the school that knows the same key."""
    if work.known("student", seat.key) is not None:
        return seat
    code = next((before.schools.get(school) for key, school, kind in before.people if key == seat.key and kind == "s"), None)
    school = await connection.fetchval("select id::text from schools where code = $1", code)
    if school is None or school == work.existing.school_id:
        return seat
    await enter(school)
    row = await connection.fetchrow(_KNOWN, school, work.source, seat.key, timeout=SECONDS)
    await enter(work.existing.school_id)
    said = decoded("seat", seat.body)
    if row is None or not isinstance(said, Seat):
        return seat
    return item(seat.school_key, "student", seat.key, seat.file, seat.line, _copied(row, said, work.keyring), seat.mark)


def _copied(row: Any, seat: Seat, keyring: Keyring) -> Student:
    sealed, registered = row["identity_cipher"], row["registration_cipher"]
    identity = None
    if sealed or registered:
        identity = Identity(
            row["identity_kind"],
            keyring.decrypt(sealed, IDENTITY, row["id"]) if sealed else None,
            keyring.decrypt(registered, REGISTRATION, row["id"]) if registered else None,
        )
    nothing = (None, None, None, None, None)
    who = row["name"], row["former_name"], row["sex"], row["birth_on"], None
    return Student(*who, seat.class_key, None, "enrolled", seat.starts_on, None, identity, *nothing, ())
