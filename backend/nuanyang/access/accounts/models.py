"""Accounts are global; memberships and role assignments tie them to schools and are the only source of scope."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, Written
from nuanyang.kit.ids import new_id


class Account(Base):
    """Someone who can sign in. Holds no content about people beyond the name they sign in with."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("username = lower(username)", name="username_lower"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str | None]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    # Counted up by a password change, a role change or disabling: every token of an older version is refused within 10 seconds.
    session_version: Mapped[int] = mapped_column(default=1)
    disabled_at: Mapped[datetime | None]
    is_district_admin: Mapped[bool] = mapped_column(default=False)
    initial_password_expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Session(Base):
    """One sign-in; its refresh token rotates, and the use of an old one ends it."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_account", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    school_id: Mapped[UUID | None]
    refresh_hash: Mapped[bytes] = mapped_column(unique=True)
    # Every token of the session that was rotated away: whichever of them comes back, the session ends.
    spent_hashes: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary), default=list, server_default=text("'{}'"))
    rotated_at: Mapped[datetime]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInAttempt(Base):
    """Failed sign-ins of the last minutes, by account name and address: the brute-force brake."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_username_address", "username", "address", "failed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str]
    address: Mapped[str]
    failed_at: Mapped[datetime]


class Membership(SchoolOwned, Base):
    """An account belongs to a school as one person of it."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("person_kind in ('staff', 'guardian', 'student')", name="person_kind"),
        UniqueConstraint("school_id", "account_id"),
        Index("ix_memberships_account", "account_id"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    person_kind: Mapped[str] = mapped_column(default="staff")
    person_id: Mapped[UUID | None]


class RoleAssignment(SchoolOwned, Written, Base):
    """A dated role; it lapses by itself on `valid_to` (inclusive)."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        CheckConstraint("scope_kind in ('school', 'grade', 'class', 'student')", name="scope_kind"),
        # The scope is named by exactly what its kind needs.
        CheckConstraint(
            "(scope_kind = 'school' and scope_id is null and scope_grade is null) or (scope_kind = 'grade' and scope_id is null and scope_grade is not null)"
            " or (scope_kind in ('class', 'student') and scope_id is not null and scope_grade is null)",
            name="scope",
        ),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="period"),
        Index("ix_role_assignments_account", "school_id", "account_id"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str]
    scope_kind: Mapped[str] = mapped_column(default="school")
    scope_id: Mapped[UUID | None]
    scope_grade: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
