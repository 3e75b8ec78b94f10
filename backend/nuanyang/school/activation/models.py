"""Activation codes, as digests."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, Written, to


class ActivationCode(SchoolOwned, Written, Base):
    """One code for one guardian: fourteen days, one use; a newer print voids it. Data class `contact`."""

    __tablename__ = "activation_codes"
    __table_args__ = (
        to("guardians", "guardian_id"),
        to("classes", "class_id"),
        CheckConstraint("used_at is null or voided_at is null", name="one_end"),
        CheckConstraint("(used_at is null) = (account_id is null)", name="used"),
        # One code a guardian at a time.
        Index(
            "uq_activation_codes_living",
            "school_id",
            "guardian_id",
            unique=True,
            postgresql_where=text("used_at is null and voided_at is null"),
        ),
        Index("ix_activation_codes_hash", "code_hash"),
    )

    guardian_id: Mapped[UUID]
    class_id: Mapped[UUID]  # for whose teacher it was printed
    code_hash: Mapped[bytes]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
