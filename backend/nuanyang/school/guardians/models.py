"""Guardians, and how each is related to a student. Data class `contact`; their numbers are of class `identity` and lie apart.

What keeps a guardian from a child is of class `protection`.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to

ORDER_KINDS = ("no_information", "no_contact", "no_pick_up")
ORDER_SOURCES = ("court", "school")


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


class CustodyOrder(SchoolOwned, Edited, Written, Base):
    """监护令, data class `protection`: a court's order or the school's own decision that keeps one guardian from one child, wholly or in part.

    What it says never changes: it is lifted, and another one is recorded.
    """

    __tablename__ = "custody_orders"
    __table_args__: Any = (
        ForeignKeyConstraint(
            ["school_id", "student_id", "guardian_id"],
            ["student_guardians.school_id", "student_guardians.student_id", "student_guardians.guardian_id"],
            name="fk_custody_orders_relation",
        ),
        CheckConstraint("cardinality(kinds) > 0 and kinds <@ array['no_information', 'no_contact', 'no_pick_up']", name="kinds"),
        CheckConstraint("source in ('court', 'school')", name="source"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="period"),
        # Lifted has its time, its author and its reason, or it is not.
        CheckConstraint("(lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_reason is null)", name="lifted"),
        Index("ix_custody_orders_student", "school_id", "student_id", "guardian_id"),
    )

    student_id: Mapped[UUID]
    guardian_id: Mapped[UUID]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # inclusive
    source: Mapped[str]
    reference: Mapped[str]  # number and court, or who decided it and why
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None]
    lifted_reason: Mapped[str | None]
