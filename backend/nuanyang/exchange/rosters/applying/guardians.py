"""Guardians: who is who, whose they are, and which relations a sender no longer names."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from nuanyang.exchange.rosters.applying.work import Work, fresh_id
from nuanyang.exchange.rosters.reading.records import UNCHANGED, Guardian, Item, Student, decoded

IDENTITY = "guardian_identities.identity"


class Stranger(NamedTuple):
    """A guardian whom neither key nor number nor telephone tells; his child may."""

    item: Item
    record: Guardian


class GuardianImport:
    """Takes the guardians of one school, and relates them to the students."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.phones: dict[str, str | None] = {}  # by the keys of this file
        self._strangers: dict[str, Stranger] = {}

    def take(self, item: Item) -> None:
        """Match one guardian: by key, by identity number, by name and telephone."""
        work, key = self._work, self._work.stored_key(item.key)
        guardian = work.known("guardian", key)
        if not item.body:
            self._withdraw(guardian)
            return
        if item.key in work.guardians:  # the parent of a sibling above
            self._add_number(work.guardians[item.key], item)
            return
        if guardian is not None and (item.body == UNCHANGED or work.is_unchanged("guardian", key, item)):
            work.guardians[item.key] = guardian
            work.count("guardian", "unchanged")
            return
        record = decoded("guardian", item.body)
        assert isinstance(record, Guardian)  # noqa: S101 - the kind says so
        self.phones[item.key] = record.phone
        guardian = guardian or self._by_number(record) or work.existing.guardians.get((record.name, record.phone or ""))
        if guardian is None and work.existing.relations:
            self._strangers.setdefault(item.key, Stranger(item, record))
        else:
            self._write(item, record, guardian)

    def relate(self, item: Item, student: str, record: Student) -> None:
        """Write the relations of one student, and end those of this source that are no longer named."""
        work, before = self._work, self._work.existing.relations.get(student, {})
        related: set[str] = set()
        for one in record.guardians:
            guardian = self._related(one.guardian_key, before, related)
            if guardian is None:
                work.findings.add("unknown_reference", item.file, item.line, "agentSourcedIds", one.guardian_key, kind="users")
            elif guardian not in related:
                related.add(guardian)
                row = (fresh_id(), student, guardian, one.relation, one.note, one.is_guardian, one.priority, work.source)
                work.writer.add("student_guardians", row)
        if self._says_all(record):
            for guardian in before.keys() - related:
                self._end(*before[guardian])

    def _related(self, key: str, before: dict[str, tuple[str, str | None]], related: set[str]) -> str | None:
        work = self._work
        stranger = self._strangers.pop(key, None)
        if stranger is None:
            return work.guardians.get(key) or work.known("guardian", work.stored_key(key))
        names = work.existing.guardian_names
        same = [guardian for guardian in before if names.get(guardian) == stranger.record.name and guardian not in related]
        return self._write(stranger.item, stranger.record, same[0] if len(same) == 1 else None)

    def _says_all(self, record: Student) -> bool:
        """Whether a relation that is not named is over; a file that names no guardian at all says nothing about them."""
        work = self._work
        return bool(record.guardians) or (work.is_bulk and not work.is_sheet and bool(work.guardians))

    def _write(self, item: Item, record: Guardian, guardian: str | None) -> str:
        work = self._work
        table, what = ("guardians", "new") if guardian is None else ("guardians_changed", "changed")
        guardian = guardian or fresh_id()
        work.writer.add(table, (guardian, record.name, record.sex, record.phone, record.employer, record.occupation, record.address))
        work.count("guardian", what)
        if record.phone:
            work.existing.guardians[record.name, record.phone] = guardian
        work.guardians[item.key] = guardian
        work.remember("guardian", work.stored_key(item.key), guardian, item.mark)
        self._keep_number(guardian, record)
        return guardian

    def _by_number(self, record: Guardian) -> str | None:
        if not record.identity_number:
            return None
        return self._work.existing.guardian_numbers.get(self._work.keyring.blind_index(record.identity_number, IDENTITY))

    def _add_number(self, guardian: str, item: Item) -> None:
        """A sheet may give the number of a parent in the row of a younger sibling only."""
        if item.body != UNCHANGED and self._work.is_sheet:
            record = decoded("guardian", item.body)
            assert isinstance(record, Guardian)  # noqa: S101 - the kind says so
            self._keep_number(guardian, record)

    def _keep_number(self, guardian: str, record: Guardian) -> None:
        work, number = self._work, record.identity_number
        if not number:
            return
        index = work.keyring.blind_index(number, IDENTITY)
        if work.existing.guardian_numbers.get(index) == guardian:
            return
        work.existing.guardian_numbers[index] = guardian
        if work.writer.is_writing:
            sealed = work.keyring.encrypt(number, IDENTITY, UUID(guardian))
            work.writer.add("guardian_identities", (guardian, record.identity_kind, sealed, index, number[-2:]))

    def _withdraw(self, guardian: str | None) -> None:
        """The sender takes a guardian back: the relations it brought are over; the person stays."""
        for before in self._work.existing.relations.values() if guardian is not None else ():
            if guardian in before:
                self._end(*before[guardian])

    def _end(self, relation: str, source: str | None) -> None:
        if source == self._work.source:
            self._work.writer.add("student_guardians_ended", (relation, self._work.today.isoformat()))
            self._work.count("relation", "leaving")
