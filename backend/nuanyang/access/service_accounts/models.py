"""Programs that work for a school: scopes instead of roles, secrets that lapse, perhaps only from some addresses."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, Written, to


class ServiceAccount(SchoolOwned, Written, Base):
    """A program's account: its id is that of a row in `accounts`, so that what it does carries its name like everybody's work."""

    __tablename__ = "service_accounts"
    __table_args__ = (
        # The whole list of what a program may ever hold. Nothing clinical, about wellbeing or about protection is on it, so none can be given it.
        CheckConstraint(
            "cardinality(scopes) > 0 and scopes <@ array['students:read', 'contacts:read', 'academic:read', 'academic:write', 'roster:write']",
            name="scopes",
        ),
        ForeignKeyConstraint(["id"], ["accounts.id"]),
    )

    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    addresses: Mapped[list[str]] = mapped_column(ARRAY(Text))  # networks it may come from; none means any
    last_used_at: Mapped[datetime | None]
    last_address: Mapped[str | None]
    revoked_at: Mapped[datetime | None]


class ServiceSecret(SchoolOwned, Written, Base):
    """One of at most two living secrets: the old one works on while the program learns the new one."""

    __tablename__ = "service_secrets"
    __table_args__ = (
        to("service_accounts", "service_account_id"),
        CheckConstraint("slot in (1, 2)", name="slot"),
        Index("uq_service_secrets_living", "school_id", "service_account_id", "slot", unique=True, postgresql_where="revoked_at is null"),
    )

    service_account_id: Mapped[UUID]
    slot: Mapped[int]
    secret_hash: Mapped[bytes]
    hint: Mapped[str]  # its first letters, so that people can tell the two apart
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
