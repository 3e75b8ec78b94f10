"""Openings, who was told of each, and the review. Who, when and until when are written by the database itself (see the migration)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, to


class BreakGlassOpening(SchoolOwned, Base):
    """One student's clinical file, open to one account for an hour at most; only its early end is ever changed."""

    __tablename__ = "break_glass_openings"
    __table_args__ = (
        to("students", "student_id"),
        CheckConstraint("char_length(btrim(reason)) >= 10", name="reason"),
        CheckConstraint("expires_at <= opened_at + interval '60 minutes'", name="hour"),
        CheckConstraint("opened_as in ('principal', 'vice_principal', 'moral_education', 'counsellor')", name="opened_as"),
        Index("ix_break_glass_openings_list", "school_id", "opened_at", "id"),
        Index("ix_break_glass_openings_student", "school_id", "student_id", "account_id", "opened_at"),
    )

    student_id: Mapped[UUID]
    account_id: Mapped[UUID]
    opened_as: Mapped[str]  # the office on whose strength it was opened: it decides who reviews
    reason: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    ended_at: Mapped[datetime | None]


class BreakGlassNotice(SchoolOwned, Base):
    """Somebody was told of an opening, in its own transaction."""

    __tablename__ = "break_glass_notices"
    __table_args__ = (
        to("break_glass_openings", "opening_id"),
        UniqueConstraint("school_id", "opening_id", "account_id"),
        Index("ix_break_glass_notices_account", "school_id", "account_id", "told_at"),
    )

    opening_id: Mapped[UUID]
    account_id: Mapped[UUID]
    told_as: Mapped[str]  # principal, moral_education or case_counsellor
    told_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    seen_at: Mapped[datetime | None]


class BreakGlassReview(SchoolOwned, Base):
    """What somebody else found afterwards; one an opening, never changed."""

    __tablename__ = "break_glass_reviews"
    __table_args__ = (
        to("break_glass_openings", "opening_id"),
        UniqueConstraint("school_id", "opening_id"),
        CheckConstraint("outcome in ('justified', 'unjustified')", name="outcome"),
        CheckConstraint("char_length(btrim(note)) >= 4", name="note"),
    )

    opening_id: Mapped[UUID]
    reviewed_by: Mapped[UUID]
    reviewed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    outcome: Mapped[str]
    note: Mapped[str]
