"""What families ask, and what became of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to

KINDS = ("correct", "erase", "copy")
DESKS = ("registrar", "moral_education")
STATES = ("open", "in_hand", "awaiting_approval", "fulfilled", "partly", "refused", "withdrawn")


class DataRequest(SchoolOwned, Edited, Written, Base):
    """One request. Its data class is that of what is asked about. An erasure is prepared by one person and approved by another one."""

    __tablename__ = "data_requests"
    __table_args__ = (
        to("students", "student_id"),
        to("guardians", "guardian_id"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"desk in {DESKS}", name="desk"),
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("(kind = 'correct') = (field is not null)", name="field"),
        CheckConstraint("(kind = 'erase') = (cardinality(parts) > 0)", name="parts"),
        # What is decided has its day, and is what was proposed.
        CheckConstraint(
            "(state in ('fulfilled', 'partly', 'refused')) = (decided_at is not null) and (decided_at is null or outcome = state)",
            name="decided",
        ),
        # Nobody is refused without a ground and a reason in writing.
        CheckConstraint("outcome is null or outcome = 'fulfilled' or (ground is not null and length(reason) >= 4)", name="reason"),
        # Four eyes: that they are two people's the trigger sees to.
        CheckConstraint("kind <> 'erase' or decided_at is null or (prepared_by is not null and approved_by is not null)", name="erasure"),
        Index("ix_data_requests_student", "school_id", "student_id", "id"),
        Index("ix_data_requests_queue", "school_id", "due_on", "id"),
    )

    student_id: Mapped[UUID]
    guardian_id: Mapped[UUID]
    kind: Mapped[str]
    desk: Mapped[str]
    data_class: Mapped[str]
    field: Mapped[str | None]  # what is to be corrected
    parts: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'::text[]"))  # what is to be erased
    wanted: Mapped[str | None]  # what is right
    said: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="open", server_default="open")
    due_on: Mapped[date]
    taken_by: Mapped[UUID | None]
    outcome: Mapped[str | None]
    ground: Mapped[str | None]
    reason: Mapped[str | None]  # the family reads it
    prepared_by: Mapped[UUID | None]
    prepared_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    approved_content: Mapped[bytes | None]  # kept by the database: the SHA-256 of what was approved (migrations/approving.py)
    returned_reason: Mapped[str | None]  # between colleagues
    erased: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'::text[]"))
    decided_at: Mapped[datetime | None]
