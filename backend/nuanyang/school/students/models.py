"""Students, one row a school: a move closes it and opens another. What is more than `basic` has a table of its own class of data."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, to

STATUSES = ("enrolled", "suspended", "graduated", "transferred_out", "whereabouts_unverified", "dropped_out", "deceased", "merged")


class Student(SchoolOwned, Edited, Base):
    """Data class `basic`."""

    __tablename__ = "students"
    __table_args__ = (
        to("classes", "class_id"),
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("sex in ('male', 'female', 'unspecified')", name="sex"),
        CheckConstraint("grade between 1 and 12", name="grade"),
        # A list is one walk along this index, filtered; see the performance notes.
        Index("ix_students_list", "school_id", "pinyin", "id"),
        Index("ix_students_class", "school_id", "class_id", "pinyin", "id"),
        Index("ix_students_grade", "school_id", "grade", "pinyin", "id"),
        Index("ix_students_number", "school_id", "student_number"),
        Index("ix_students_initials", "school_id", "initials", "pinyin", "id"),
        # Characters of names: read only by the function `students_named`, since row-level security keeps @> from every index.
        Index("ix_students_characters", "school_id", text("string_to_array(name, NULL::text)"), postgresql_using="gin"),
        Index("ix_students_away", "school_id", "status", postgresql_where=text("status <> 'enrolled'")),
    )

    name: Mapped[str]
    # Lower-case syllables without blanks, the surname by its own reading (单 shan, 曾 zeng), then the initials: zhangsan, zs.
    pinyin: Mapped[str]
    initials: Mapped[str]
    former_name: Mapped[str | None]
    sex: Mapped[str]
    birth_on: Mapped[date | None]
    student_number: Mapped[str | None]  # 班内学号 or 校内学号
    class_id: Mapped[UUID | None]
    grade: Mapped[int | None]  # of the current class, kept by the writer
    status: Mapped[str] = mapped_column(default="enrolled", server_default="enrolled")
    status_on: Mapped[date | None]
    entered_on: Mapped[date | None]
    previous_school_id: Mapped[UUID | None]  # without a key on purpose: the row lies in another school
    previous_student_id: Mapped[UUID | None]
    merged_into_id: Mapped[UUID | None]


class Enrolment(SchoolOwned, Base):
    """A student in a class, dated: promotion, placement, repeating and leaving are new rows, never edits."""

    __tablename__ = "enrolments"
    __table_args__ = (
        to("students", "student_id"),
        to("classes", "class_id"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="period"),
        # One class at a time.
        Index("uq_enrolments_current", "school_id", "student_id", unique=True, postgresql_where=text("ends_on is null")),
        Index("ix_enrolments_class", "school_id", "class_id"),
        Index("ix_enrolments_student", "school_id", "student_id"),
    )

    student_id: Mapped[UUID]
    class_id: Mapped[UUID]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # inclusive
    start_reason: Mapped[str | None]  # placement, promotion, transfer_in, return, repeat, class_merge
    end_reason: Mapped[str | None]  # promotion, graduation, transfer_out, suspension, repeat, class_merge, correction


class StudentIdentity(SchoolOwned, Base):
    """Data class `identity`: numbers encrypted with the student's id bound in, a blind index for exact search, the last two characters to show."""

    __tablename__ = "student_identities"
    __table_args__ = (
        to("students", "id", name="fk_student_identities_student"),
        Index("ix_student_identities_identity_index", "school_id", "identity_index"),
        Index("ix_student_identities_registration_index", "school_id", "registration_index"),
    )

    identity_kind: Mapped[str | None]
    identity_cipher: Mapped[bytes | None] = mapped_column(info={"encrypted": "student_identities.identity"})  # 身份证件号
    identity_index: Mapped[bytes | None]
    identity_tail: Mapped[str | None]
    registration_cipher: Mapped[bytes | None] = mapped_column(info={"encrypted": "student_identities.registration"})  # 学籍号
    registration_index: Mapped[bytes | None]
    registration_tail: Mapped[str | None]
    registration_kind: Mapped[str | None]  # G, J or L


class StudentContact(SchoolOwned, Base):
    """Data class `contact`."""

    __tablename__ = "student_contacts"
    __table_args__ = (to("students", "id", name="fk_student_contacts_student"),)

    phone: Mapped[str | None]
    address: Mapped[str | None]
    household_address: Mapped[str | None]
    mailing_address: Mapped[str | None]
    commute_km: Mapped[Decimal | None]
    commute_by: Mapped[str | None]


class StudentFamily(SchoolOwned, Base):
    """Data class `family`; each fact says where it comes from, because 学籍 and 民政 define it differently."""

    __tablename__ = "student_families"
    __table_args__ = (
        to("students", "id", name="fk_student_families_student"),
        CheckConstraint("left_behind between 0 and 2", name="left_behind"),
    )

    left_behind: Mapped[int | None]  # 0 非留守, 1 单亲留守, 2 双亲留守 (学籍 code)
    single_parent: Mapped[bool | None]
    raised_by_grandparents: Mapped[bool | None]
    migrant_child: Mapped[bool | None]
    only_child: Mapped[bool | None]
    orphan: Mapped[bool | None]
    source: Mapped[str | None]
    recorded_on: Mapped[date | None]


class StudentEconomy(SchoolOwned, Base):
    """Data class `economic`: what the roster sheet says about aid."""

    __tablename__ = "student_economies"
    __table_args__ = (to("students", "id", name="fk_student_economies_student"),)

    needs_aid: Mapped[bool | None]
    receives_subsidy: Mapped[bool | None]
    martyr_family: Mapped[bool | None]
    special_groups: Mapped[str | None]  # comma-separated codes (minimum_living_allowance, …)
    source: Mapped[str | None]
    recorded_on: Mapped[date | None]


class StudentHealth(SchoolOwned, Base):
    """Data class `health`."""

    __tablename__ = "student_healths"
    __table_args__ = (to("students", "id", name="fk_student_healths_student"),)

    health_status: Mapped[str | None]
    disability: Mapped[str | None]
    inclusive_placement: Mapped[str | None]
    source: Mapped[str | None]
    recorded_on: Mapped[date | None]


class StudentRecord(SchoolOwned, Base):
    """The rest of the 学籍 sheet, data class `basic`: residence kind, boarding, nationality and the like."""

    __tablename__ = "student_records"
    __table_args__ = (to("students", "id", name="fk_student_records_student"),)

    ethnicity: Mapped[str | None]
    nationality: Mapped[str | None]
    birthplace: Mapped[str | None]
    native_place: Mapped[str | None]
    household_kind: Mapped[str | None]
    boarding: Mapped[str | None]  # day, boarding
    entry_kind: Mapped[str | None]
    entered_month: Mapped[str | None]
    source_kind: Mapped[str | None]
    extra: Mapped[str | None]  # JSON of local columns nobody mapped


class ExternalId(SchoolOwned, Base):
    """How another system names one of our rows; with the hash of what it last said about it."""

    __tablename__ = "external_ids"
    __table_args__ = (
        UniqueConstraint("school_id", "source", "kind", "sourced_id"),
        Index("ix_external_ids_entity", "school_id", "kind", "entity_id"),
    )

    source: Mapped[str]
    kind: Mapped[str]  # student, guardian, staff, class, term, school_year, enrolment, relation
    sourced_id: Mapped[str]
    entity_id: Mapped[UUID]
    row_hash: Mapped[bytes | None]
    last_seen_at: Mapped[datetime | None]
