"""What is said of a student beside name and class, each class of data into its own table."""

from __future__ import annotations

from uuid import UUID

from nuanyang.exchange.rosters.applying.work import Work
from nuanyang.exchange.rosters.reading.records import Identity, Student

IDENTITY, REGISTRATION = "student_identities.identity", "student_identities.registration"


def add_facts(work: Work, student: str, record: Student) -> None:
    """Hand the rows of one student to the writer; what is not said makes none."""
    add, day = work.writer.add, work.today.isoformat()
    if record.identity is not None:
        _add_identity(work, student, record.identity)
    if record.contact is not None:
        c = record.contact
        add(
            "student_contacts",
            (student, c.phone, c.address, c.household_address, c.mailing_address, c.commute_km, c.commute_by),
        )
    if record.family is not None:
        f = record.family
        facts = (f.left_behind, f.single_parent, f.raised_by_grandparents, f.migrant_child, f.only_child, f.orphan)
        add("student_families", (student, *facts, "roster", day))
    if record.economy is not None:
        e = record.economy
        add("student_economies", (student, e.needs_aid, e.receives_subsidy, e.martyr_family, e.special_groups, "roster", day))
    if record.health is not None:
        h = record.health
        add("student_healths", (student, h.health_status, h.disability, h.inclusive_placement, "roster", day))
    if record.rest is not None:
        r = record.rest
        said = (r.ethnicity, r.nationality, r.birthplace, r.native_place, r.household_kind, r.boarding)
        add("student_records", (student, *said, r.entry_kind, r.entered_month, r.source_kind, r.extra))


def indexes_of(work: Work, identity: Identity) -> tuple[bytes | None, bytes | None]:
    """The blind indexes of a student's 学籍号 and identity number."""
    index = work.keyring.blind_index
    registered, number = identity.registration_number, identity.identity_number
    return index(registered, REGISTRATION) if registered else None, index(number, IDENTITY) if number else None


def _add_identity(work: Work, student: str, identity: Identity) -> None:
    registration, number = indexes_of(work, identity)
    if number:
        work.existing.identities[number] = student
    if registration:
        work.existing.registrations[registration] = student
    if not work.writer.is_writing:
        return
    seal, said, registered = work.keyring.encrypt, identity.identity_number, identity.registration_number
    row_id = UUID(student)
    work.writer.add(
        "student_identities",
        (
            student,
            identity.identity_kind,
            seal(said, IDENTITY, row_id) if said else None,
            number,
            said[-2:] if said else None,
            seal(registered, REGISTRATION, row_id) if registered else None,
            registration,
            registered[-2:] if registered else None,
            registered[0] if registered else None,
        ),
    )
