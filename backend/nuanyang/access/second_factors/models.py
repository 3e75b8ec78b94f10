"""What an account proves itself with beside its password: an authenticator app, or a printed sheet of codes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base
from nuanyang.kit.ids import new_id


class SecondFactor(Base):
    """One enrolment; it counts from its confirmation by a first code until the next one takes its place, and is kept afterwards."""

    __tablename__ = "second_factors"
    __table_args__ = (
        CheckConstraint("kind in ('totp', 'printed')", name="kind"),
        CheckConstraint("(kind = 'totp') = (secret_cipher is not null)", name="secret"),
        # One living factor an account, and one that waits for its first code.
        Index("uq_second_factors_living", "account_id", unique=True, postgresql_where="confirmed_at is not null and ended_at is null"),
        Index("uq_second_factors_waiting", "account_id", unique=True, postgresql_where="confirmed_at is null and ended_at is null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str]
    secret_cipher: Mapped[bytes | None] = mapped_column(info={"encrypted": "second_factors.secret"})
    # The time step of the last code that was accepted: neither it nor an older one counts again.
    last_counter: Mapped[int | None]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]


class OneTimeCode(Base):
    """A recovery code, or a line of the printed sheet: good once."""

    __tablename__ = "one_time_codes"
    __table_args__ = (UniqueConstraint("factor_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    factor_id: Mapped[UUID] = mapped_column(ForeignKey("second_factors.id"))
    number: Mapped[int]
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]
