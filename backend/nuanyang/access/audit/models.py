"""Entries, seals over them, and the results of verifying; the application may add entries and nothing else (see the migration)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base


class AuditEntry(Base):
    """One change, or one reading of protected data about one student or the students of one page."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        CheckConstraint("action in ('read', 'create', 'change', 'delete')", name="action"),
        Index("ix_audit_entries_at", "school_id", "at", "id"),
        Index("ix_audit_entries_student", "school_id", "student_id", "at", "id", postgresql_where=text("student_id is not null")),
        Index(
            "ix_audit_entries_students",
            "school_id",
            "student_ids",
            postgresql_using="gin",
            postgresql_where=text("student_ids is not null"),
        ),
        Index("ix_audit_entries_entity", "school_id", "entity_id", postgresql_where=text("student_id is null and entity_id is not null")),
        Index("ix_audit_entries_unsealed", "at", postgresql_where=text("seal is null")),
        Index("ix_audit_entries_seal", "seal"),
    )

    school_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    account_id: Mapped[UUID | None] = mapped_column(server_default=text("nullif(current_setting('app.account_id', true), '')::uuid"))
    purpose: Mapped[str | None] = mapped_column(server_default=text("nullif(current_setting('app.purpose', true), '')"))
    origin: Mapped[str | None] = mapped_column(server_default=text("nullif(current_setting('app.origin', true), '')"))
    action: Mapped[str]
    operation: Mapped[str | None]  # operationId of a read
    entity: Mapped[str | None]  # table of a change
    entity_id: Mapped[UUID | None]
    student_id: Mapped[UUID | None]
    student_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))  # of a list
    data_classes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    fields: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    ground: Mapped[list[str] | None] = mapped_column(ARRAY(Text))  # roles, case_lead, break_glass
    details: Mapped[dict[str, Any] | None]
    seal: Mapped[int | None] = mapped_column(BigInteger)
    # What is sealed is a digest of `before` and `after` under a salt of its own: erasing takes content and salt, and the seal still holds.
    content_salt: Mapped[bytes | None]
    content_digest: Mapped[bytes | None]
    erased_by: Mapped[UUID | None]  # the entry that says by which rule


class AuditSeal(Base):
    """A Merkle root over the entries of some seconds, chained to the one before and signed with a key outside the database."""

    __tablename__ = "audit_seals"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entries: Mapped[int]
    leaves: Mapped[bytes]
    root: Mapped[bytes]
    previous: Mapped[bytes]
    mac: Mapped[bytes]
    sealed_at: Mapped[datetime]


class AuditCheck(Base):
    """One verification of the whole record: asked for, then done by the sealer."""

    __tablename__ = "audit_checks"
    __table_args__ = (
        CheckConstraint("(checked_at is null) = (findings is null)", name="checked"),
        Index("ix_audit_checks_newest", "requested_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    requested_at: Mapped[datetime] = mapped_column(server_default=func.now())
    requested_by: Mapped[UUID | None]
    checked_at: Mapped[datetime | None]
    entries: Mapped[int | None] = mapped_column(BigInteger)
    seals: Mapped[int | None] = mapped_column(BigInteger)
    head: Mapped[str | None]
    findings: Mapped[list[Any] | None] = mapped_column(JSONB)
