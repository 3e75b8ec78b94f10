"""A hand-over of one student between two people. The note is encrypted: whatever its class, it is for one reader."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, Written, to

NOTE = "handovers.note"


class Handover(SchoolOwned, Written, Base):
    """Made when somebody follows somebody else; the former writes the note, the next one acknowledges it."""

    __tablename__ = "handovers"
    __table_args__ = (
        to("students", "student_id"),
        CheckConstraint("post in ('homeroom_teacher', 'case_lead', 'case_counsellor')", name="post"),
        CheckConstraint("from_account_id <> to_account_id", name="two_persons"),
        CheckConstraint("(note_cipher is null) = (written_at is null)", name="written"),
        CheckConstraint("acknowledged_at is null or written_at is not null", name="acknowledged"),
        Index("ix_handovers_student", "school_id", "student_id"),
        Index("ix_handovers_from", "school_id", "from_account_id"),
        Index("ix_handovers_to", "school_id", "to_account_id"),
    )

    student_id: Mapped[UUID]
    post: Mapped[str]
    data_class: Mapped[str]
    from_account_id: Mapped[UUID]
    to_account_id: Mapped[UUID]
    effective_on: Mapped[date]
    note_cipher: Mapped[bytes | None] = mapped_column(info={"encrypted": NOTE})
    written_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
