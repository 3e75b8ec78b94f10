"""Accounts are global; memberships and role assignments tie them to schools and are the only source of scope."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.clock import now
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
    """One sign-in on one device, the family of its refresh tokens; the use of a spent one ends it."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("strength in ('full', 'enrolling')", name="strength"),
        Index("ix_sessions_account", "account_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    school_id: Mapped[UUID | None]
    refresh_hash: Mapped[bytes] = mapped_column(unique=True)
    # `enrolling`: the password was right and a second factor is still to be set up; until then nothing else can be done.
    strength: Mapped[str] = mapped_column(default="full")
    address: Mapped[str] = mapped_column(default="")
    user_agent: Mapped[str] = mapped_column(default="")
    rotated_at: Mapped[datetime]
    last_used_at: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime]
    # When its owner last showed password and second factor here: asked anew before what is most sensitive.
    confirmed_at: Mapped[datetime | None]
    # Ends after this long without use, and at the latest then; both follow from the roles held at the last rotation.
    idle_seconds: Mapped[int] = mapped_column(default=1800)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]

    def is_idle(self, instant: datetime) -> bool:
        """Whether nobody has used it for too long."""
        return instant >= self.last_used_at + timedelta(seconds=self.idle_seconds)


class SpentRefreshToken(Base):
    """A refresh token that was exchanged for a newer one; seen again, it was stolen, or its owner's copy was."""

    __tablename__ = "spent_refresh_tokens"
    __table_args__ = (Index("ix_spent_refresh_tokens_session", "session_id"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"))
    spent_at: Mapped[datetime]


class Device(Base):
    """A browser in which an account has signed in: known, it escapes the brakes that strangers step on; trusted, it spares the second factor."""

    __tablename__ = "devices"
    __table_args__ = (UniqueConstraint("account_id", "token_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    token_hash: Mapped[bytes]
    user_agent: Mapped[str]
    address: Mapped[str]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    trusted_until: Mapped[datetime | None]


class SignInBrake(Base):
    """How often sign-in failed for an account, an address, or the two together, and until when it waits. Keys are digests."""

    __tablename__ = "sign_in_brakes"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


class SignInTicket(Base):
    """Between the password and the second factor: five minutes, one use."""

    __tablename__ = "sign_in_tickets"
    __table_args__ = (Index("ix_sign_in_tickets_expires_at", "expires_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    ticket_hash: Mapped[bytes] = mapped_column(unique=True)
    school_id: Mapped[UUID | None]
    session_version: Mapped[int]
    expires_at: Mapped[datetime]


class SecurityEvent(Base):
    """What happened to an account's sign-in, by whom and from where; rows are added and never changed."""

    __tablename__ = "security_events"
    __table_args__ = (Index("ix_security_events_account", "account_id", "happened_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    address: Mapped[str]
    details: Mapped[dict[str, Any]]
    happened_at: Mapped[datetime]


class Membership(SchoolOwned, Base):
    """An account belongs to a school as one person of it."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("person_kind in ('staff', 'guardian', 'student')", name="person_kind"),
        UniqueConstraint("school_id", "account_id"),
        Index("ix_memberships_account", "account_id"),
        # One account a guardian, however many children and classes.
        Index("uq_memberships_guardian", "school_id", "person_id", unique=True, postgresql_where=text("person_kind = 'guardian'")),
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
        # Nobody gives themself a role; who leads or counsels a case is named, perhaps by oneself, and sees one student. A deputy is named by others.
        CheckConstraint(
            "created_by is null or created_by <> account_id or (role in ('case_lead', 'case_counsellor') and delegated_from is null)",
            name="not_own",
        ),
        ForeignKeyConstraint(
            ["school_id", "delegated_from"],
            ["role_assignments.school_id", "role_assignments.id"],
            name="fk_role_assignments_delegated_from",
        ),
        # A deputy for ever is none.
        CheckConstraint("delegated_from is null or valid_to is not null", name="delegation_ends"),
        CheckConstraint("role <> 'acting_principal' or delegated_from is not null", name="acting"),
        # Whoever is on crisis duty opens every clinical file: for a month at most.
        CheckConstraint("role <> 'crisis_duty' or valid_to <= valid_from + 31", name="duty_ends"),
        CheckConstraint("role <> 'crisis_duty' or valid_to is not null", name="duty_has_end"),
        # One counsellor on a case; the former's last day is written before the next one's first.
        Index(
            "uq_role_assignments_case_counsellor",
            "school_id",
            "scope_id",
            unique=True,
            postgresql_where=text("role = 'case_counsellor' and valid_to is null"),
        ),
        Index("ix_role_assignments_delegated", "school_id", "delegated_from", postgresql_where=text("delegated_from is not null")),
        Index("ix_role_assignments_case", "school_id", "scope_id", postgresql_where=text("scope_kind = 'student'")),
        Index("ix_role_assignments_account", "school_id", "account_id"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str]
    scope_kind: Mapped[str] = mapped_column(default="school")
    scope_id: Mapped[UUID | None]
    scope_grade: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    # The assignment that this one stands in for: the deputy's ends with it, and on its own last day.
    delegated_from: Mapped[UUID | None]
    reason: Mapped[str | None]
