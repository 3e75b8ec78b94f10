"""Notices. They name clauses, classes and numbers, never a student: whose it is stands on the page that the notice leads to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned

KINDS = ("due", "overdue", "missed", "week_of_class", "week_of_school")


class Notice(SchoolOwned, Base):
    """One thing told to one person. `subject` names it: told again, it is the same notice."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("school_id", "account_id", "subject"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        Index("ix_notices_list", "school_id", "account_id", "told_at", "id"),
        Index("ix_notices_unread", "school_id", "account_id", postgresql_where=text("read_at is null and settled_at is null")),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(JSONB)
    told_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]  # what it was about is over
