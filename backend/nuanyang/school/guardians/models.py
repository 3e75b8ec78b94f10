"""Guardians, and how each is related to a student. Data class `contact`; their numbers are of class `identity` and lie apart."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, to


class Guardian(SchoolOwned, Edited, Base):
    """A parent, guardian or caregiver; one row serves siblings."""

    __tablename__ = "guardians"
    __table_args__ = (Index("ix_guardians_phone", "school_id", "phone"),)

    name: Mapped[str]
    sex: Mapped[str | None]
    phone: Mapped[str | None]
    employer: Mapped[str | None]
    occupation: Mapped[str | None]
    address: Mapped[str | None]


class GuardianIdentity(SchoolOwned, Base):
    """Data class `identity`: kept like a student's number, encrypted with the guardian's id bound in, the last two characters to show."""

    __tablename__ = "guardian_identities"
    __table_args__ = (
        to("guardians", "id", name="fk_guardian_identities_guardian"),
        Index("ix_guardian_identities_identity_index", "school_id", "identity_index"),
    )

    identity_kind: Mapped[str | None]
    identity_cipher: Mapped[bytes] = mapped_column(info={"encrypted": "guardian_identities.identity"})
    identity_index: Mapped[bytes]
    identity_tail: Mapped[str]


class StudentGuardian(SchoolOwned, Base):
    """The relation; `may_contact` is off for whom a custody order keeps away. One that is over stays as history."""

    __tablename__ = "student_guardians"
    __table_args__ = (
        to("students", "student_id"),
        to("guardians", "guardian_id"),
        UniqueConstraint("school_id", "student_id", "guardian_id"),
        Index("ix_student_guardians_guardian", "school_id", "guardian_id"),
        # Whom a list names beside a student: in order, and without a look at the row.
        Index(
            "ix_student_guardians_first",
            *("school_id", "student_id", "priority", "id"),
            postgresql_include=["guardian_id", "relation"],
            postgresql_where=text("may_contact and ended_on is null"),
        ),
    )

    student_id: Mapped[UUID]
    guardian_id: Mapped[UUID]
    relation: Mapped[str]  # father, mother, grandfather, …
    relation_note: Mapped[str | None]
    is_guardian: Mapped[bool] = mapped_column(default=True)
    may_contact: Mapped[bool] = mapped_column(default=True, server_default="true")
    priority: Mapped[int] = mapped_column(default=1, server_default="1")
    source: Mapped[str | None]  # the roster that brought it and may end it; none when a person entered it
    ended_on: Mapped[date | None]
