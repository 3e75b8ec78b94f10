"""Addresses as digests: the address itself is shown once and kept nowhere."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, Written


class CalendarFeed(SchoolOwned, Written, Base):
    """One address of one account in one school; a new one ends the one before."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (
        Index("uq_calendar_feeds_living", "school_id", "account_id", unique=True, postgresql_where=text("revoked_at is null")),
        Index("ix_calendar_feeds_hash", "token_hash", postgresql_where=text("revoked_at is null")),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    token_hash: Mapped[bytes]
    revoked_at: Mapped[datetime | None]
