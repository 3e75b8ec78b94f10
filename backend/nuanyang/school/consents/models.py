"""Consents: texts that never change, events that are only added, scans of paper, and what was done without consent and why. Class `contact`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.crypto import OVERHEAD
from nuanyang.kit.db.models import Base, SchoolOwned, Written, to

SCAN = "consent_scans.content"  # to what ciphers are bound
PURPOSES = ("file", "screening", "counselling", "pairing", "community")


class ConsentText(SchoolOwned, Written, Base):
    """What was asked, word by word: a new wording is a new number."""

    __tablename__ = "consent_texts"
    __table_args__ = (
        CheckConstraint(f"purpose in {PURPOSES}", name="purpose"),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("school_id", "purpose", "number"),
    )

    purpose: Mapped[str]
    number: Mapped[int]
    body: Mapped[str]
    # What is done, or with which data, has changed: consents to earlier numbers no longer cover it (PIPL 14).
    asks_again: Mapped[bool]
    reason: Mapped[str | None]


class ConsentScan(SchoolOwned, Base):
    """A signed paper, as it was scanned or photographed."""

    __tablename__ = "consent_scans"
    __table_args__ = (
        to("students", "student_id"),
        CheckConstraint("media_type in ('application/pdf', 'image/jpeg', 'image/png')", name="media_type"),
        CheckConstraint(f"octet_length(content_cipher) <= {5 * 1024 * 1024 + OVERHEAD}", name="size"),
        UniqueConstraint("school_id", "id", "student_id"),
    )

    student_id: Mapped[UUID]
    media_type: Mapped[str]
    # Signatures and numbers of identity papers stand on it: nobody reads it in a dump or a backup.
    content_cipher: Mapped[bytes] = mapped_column(deferred=True, info={"encrypted": SCAN, "at_once": 8})
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    created_by: Mapped[UUID]


class ConsentEvent(SchoolOwned, Base):
    """One person said yes or no to one purpose. Added and never changed; how things stand follows from the last word of each."""

    __tablename__ = "consent_events"
    __table_args__: Any = (
        to("students", "student_id"),
        ForeignKeyConstraint(
            ["school_id", "purpose", "text_number"],
            ["consent_texts.school_id", "consent_texts.purpose", "consent_texts.number"],
            name="fk_consent_events_text",
        ),
        ForeignKeyConstraint(
            ["school_id", "student_id", "guardian_id"],
            ["student_guardians.school_id", "student_guardians.student_id", "student_guardians.guardian_id"],
            name="fk_consent_events_relation",
        ),
        ForeignKeyConstraint(
            ["school_id", "scan_id", "student_id"],
            ["consent_scans.school_id", "consent_scans.id", "consent_scans.student_id"],
            name="fk_consent_events_scan",
        ),
        CheckConstraint("action in ('given', 'withdrawn')", name="action"),
        CheckConstraint("how in ('portal', 'paper', 'in_person')", name="how"),
        # Paper counts with its scan; to withdraw must be as easy as can be.
        CheckConstraint("how <> 'paper' or action <> 'given' or scan_id is not null", name="scan"),
        # Where the pupil decides, the guardian is informed; what is said in the portal stands on the guardian's own page at once.
        CheckConstraint("guardian_id is not null or action <> 'given' or how = 'portal' or informed_on is not null", name="informed"),
        CheckConstraint("happened_on <= (recorded_at at time zone 'Asia/Shanghai')::date", name="happened"),
        Index("ix_consent_events_student", "school_id", "student_id", "purpose"),
    )

    student_id: Mapped[UUID]
    purpose: Mapped[str]
    text_number: Mapped[int]
    guardian_id: Mapped[UUID | None]  # none: the pupil themself, from fourteen on
    action: Mapped[str]
    how: Mapped[str]
    scan_id: Mapped[UUID | None]
    happened_on: Mapped[date]
    informed_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    recorded_by: Mapped[UUID]


class ConsentExemption(SchoolOwned, Base):
    """What did not wait for consent: a crisis, a mandatory report. Good for the transaction in which it is written, each time with its reason."""

    __tablename__ = "consent_exemptions"
    __table_args__ = (
        to("students", "student_id"),
        CheckConstraint(f"purpose in {PURPOSES}", name="purpose"),
        CheckConstraint("ground in ('crisis', 'mandatory_report')", name="ground"),
        CheckConstraint("data_class = case ground when 'crisis' then 'wellbeing' else 'protection' end", name="data_class"),
        CheckConstraint("char_length(reason) >= 4", name="reason"),
        Index("ix_consent_exemptions_student", "school_id", "student_id"),
    )

    student_id: Mapped[UUID]
    purpose: Mapped[str]
    ground: Mapped[str]
    data_class: Mapped[str]
    reason: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    recorded_by: Mapped[UUID]
