"""Idempotency keys: the same key and body give the same answer for 24 hours."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base


class IdempotencyKey(Base):
    """One answered (or running) POST, by account, route and key. Ids and digests outside row-level security; the stored answer names no one beyond the id."""

    __tablename__ = "idempotency_keys"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[bytes]
    status: Mapped[int | None]
    location: Mapped[str | None]
    answer: Mapped[bytes | None]
    created_at: Mapped[datetime]
