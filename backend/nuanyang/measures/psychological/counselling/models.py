"""Sessions and what they said before a correction. The note is one ciphertext, bound to its row."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to

NOTE, BEFORE = "counselling_sessions.note", "counselling_session_versions.before"


class CounsellingSession(SchoolOwned, Edited, Written, Base):
    """辅导记录: when, how long and where (P1.1's room log), and the note under the installation's keys. `created_by` held it."""

    __tablename__ = "counselling_sessions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "case_id", "student_id"],
            ["counselling_cases.school_id", "counselling_cases.id", "counselling_cases.student_id"],
            name="fk_counselling_sessions_case",
        ),
        CheckConstraint("minutes between 5 and 300", name="minutes"),
        CheckConstraint("place in ('room', 'office', 'home', 'phone', 'other')", name="place"),
        Index("ix_counselling_sessions_student", "school_id", "student_id", "held_on", "id"),
    )

    case_id: Mapped[UUID]
    student_id: Mapped[UUID]
    held_on: Mapped[date]
    minutes: Mapped[int]
    place: Mapped[str]
    note_cipher: Mapped[bytes] = mapped_column(info={"encrypted": NOTE})


class CounsellingSessionVersion(SchoolOwned, Base):
    """What a session said before it was corrected, with the reason: as secret as the session itself."""

    __tablename__ = "counselling_session_versions"
    __table_args__ = (to("counselling_sessions", "session_id"), UniqueConstraint("school_id", "session_id", "number"))

    session_id: Mapped[UUID]
    number: Mapped[int]
    before_cipher: Mapped[bytes] = mapped_column(info={"encrypted": BEFORE})
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID]
