"""The normalised records that every roster format becomes.

They are arrays on the wire (msgpack), so the child process that reads a file can hand millions of them to its parent cheaply, and the
encoded bytes of a record are at once what its fingerprint is taken from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

KINDS = ("school", "school_year", "term", "class", "staff", "class_staff", "post_end", "guardian", "student", "seat", "seat_end", "about")


class School(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A school of the file; `code` is the 学校标识码 or whatever identifier the sender uses."""

    name: str
    code: str | None
    grades: tuple[int, ...] = ()  # grades of its classes, ascending
    district: tuple[str, str] | None = None  # code and name of the district above it


class SchoolYear(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """学年; both days inclusive."""

    name: str
    starts_on: str
    ends_on: str


class Term(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """学期 of a school year; both days inclusive."""

    school_year_key: str
    number: int
    name: str
    starts_on: str
    ends_on: str


class SchoolClass(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """行政班 of a school year."""

    school_year_key: str
    grade: int
    number: int
    name: str
    cohort_year: int | None


class Staff(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A teacher or other member of staff with the roles the file gives."""

    name: str
    staff_number: str | None
    sex: str | None
    phone: str | None
    email: str | None
    username: str | None
    roles: tuple[str, ...]  # role names of the product
    active: bool


class ClassStaff(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Who leads or teaches a class."""

    class_key: str
    staff_key: str
    role: str  # homeroom_teacher, subject_teacher
    subject: str | None


class Guardian(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A parent, guardian or caregiver."""

    name: str
    sex: str | None
    phone: str | None
    employer: str | None
    occupation: str | None
    address: str | None
    identity_kind: str | None = None
    identity_number: str | None = None


class Relation(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """How a guardian is related to the student."""

    guardian_key: str
    relation: str
    note: str | None
    is_guardian: bool
    priority: int


class Identity(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Data class `identity`."""

    identity_kind: str | None
    identity_number: str | None
    registration_number: str | None  # 学籍号


class Contact(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Data class `contact`."""

    phone: str | None = None
    address: str | None = None
    household_address: str | None = None
    mailing_address: str | None = None
    commute_km: str | None = None
    commute_by: str | None = None


class Family(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Data class `family`."""

    left_behind: int | None = None
    single_parent: bool | None = None
    raised_by_grandparents: bool | None = None
    migrant_child: bool | None = None
    only_child: bool | None = None
    orphan: bool | None = None


class Economy(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Data class `economic`."""

    needs_aid: bool | None = None
    receives_subsidy: bool | None = None
    martyr_family: bool | None = None
    special_groups: str | None = None


class Health(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Data class `health`."""

    health_status: str | None = None
    disability: str | None = None
    inclusive_placement: str | None = None


class Rest(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The rest of the 学籍 sheet, data class `basic`."""

    ethnicity: str | None = None
    nationality: str | None = None
    birthplace: str | None = None
    native_place: str | None = None
    household_kind: str | None = None
    boarding: str | None = None
    entry_kind: str | None = None
    entered_month: str | None = None
    source_kind: str | None = None
    extra: str | None = None


class Student(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A student with everything the file says; absent parts are None, so nothing that is not said overwrites anything."""

    name: str
    former_name: str | None
    sex: str
    birth_on: str | None
    student_number: str | None
    class_key: str | None
    grade: int | None
    status: str  # enrolled, suspended, graduated, transferred_out, dropped_out, deceased
    entered_on: str | None
    username: str | None
    identity: Identity | None
    contact: Contact | None
    family: Family | None
    economy: Economy | None
    health: Health | None
    rest: Rest | None
    guardians: tuple[Relation, ...]
    past_class_keys: tuple[str, ...] = ()  # classes of earlier school years, the latest first


class Seat(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A delta's new enrolment of a student of whom nothing else is said."""

    class_key: str
    starts_on: str | None


class About(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A delta's demographics of somebody of whom nothing else is said; `kind` is student, guardian or staff."""

    kind: str
    birth_on: str | None
    sex: str | None


Body = Seat | About | School | SchoolYear | Term | SchoolClass | Staff | ClassStaff | Guardian | Student
TYPES: dict[str, type[Body]] = {
    "school": School,
    "school_year": SchoolYear,
    "term": Term,
    "class": SchoolClass,
    "staff": Staff,
    "class_staff": ClassStaff,
    "post_end": ClassStaff,
    "guardian": Guardian,
    "student": Student,
    "seat": Seat,
    "seat_end": Seat,
    "about": About,
}


UNCHANGED = b"="


class Item(NamedTuple):
    """One record on its way: whose school, what kind, its key at the sender, the line it came from, its encoded body, its fingerprint.

    An empty body withdraws the record (a delta's `tobedeleted`); `UNCHANGED` says that the fingerprint is the one already known.
    """

    school_key: str
    kind: str
    key: str
    file: str
    line: int
    body: bytes
    mark: bytes


Known = Mapping[str, Mapping[str, bytes]]  # kind → key → fingerprint


class Marker:
    """Fingerprints of what a sender says about something; keyed, because what is said is little enough to be guessed."""

    def __init__(self, key: bytes) -> None:
        self._blank = hashlib.blake2b(key=key[:64], digest_size=16)

    def of(self, *parts: str | bytes) -> bytes:
        """16 bytes that are equal for equal parts."""
        mark = self._blank.copy()
        for part in parts:
            mark.update((part.encode() if isinstance(part, str) else part) + b"\x1e")
        return mark.digest()


class KnownClass(NamedTuple):
    """A class that an earlier file brought, for a delta that refers to it."""

    key: str
    school_key: str
    year_name: str
    year_starts: str
    year_ends: str
    grade: int
    number: int
    name: str
    cohort_year: int | None


class Before(msgspec.Struct, frozen=True):
    """What a delta may refer to without bringing it: schools, people and classes of earlier files of the same source."""

    schools: dict[str, str]  # key → code
    people: list[tuple[str, str, str]]  # key, school, s(tudent) t(eacher) g(uardian)
    classes: list[KnownClass]


class Package(msgspec.Struct, frozen=True):
    """What the file is, known before its first record."""

    form: str  # oneroster, sds, sheet
    version: str
    mode: str  # bulk: the file is the whole set; delta: only what changed
    source: str  # whose keys these are
    rows: dict[str, int]  # data rows by file
    holds_until: str = ""  # the first day on which something in it ends; from then on it says something else


_encoder = msgspec.msgpack.Encoder()
_decoders = {kind: msgspec.msgpack.Decoder(of) for kind, of in TYPES.items()}


def item(school_key: str, kind: str, key: str, file: str, line: int, body: Body, mark: bytes = b"") -> Item:
    """Encode a record; without a fingerprint of its own it gets one of its body where the stream ends (`Reading.items`)."""
    return Item(school_key, kind, key, file, line, _encoder.encode(body), mark)


def withdrawn(school_key: str, kind: str, key: str, file: str, line: int) -> Item:
    """A record that the sender takes back."""
    return Item(school_key, kind, key, file, line, b"", b"")


def decoded(kind: str, body: bytes) -> Body:
    """The record inside an item."""
    return _decoders[kind].decode(body)
