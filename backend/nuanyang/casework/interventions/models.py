"""帮扶记录: one record serves plan, register, clause and workload; nothing is typed twice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to


class Intervention(SchoolOwned, Edited, Written, Base):
    """Who did what for whom, when, how long, with whom, and how it went. A group session is one row a student with the same `session_id`."""

    __tablename__ = "interventions"
    __table_args__ = (
        to("students", "student_id"),
        to("plan_measures", "plan_measure_id"),
        to("staff", "doer_staff_id", name="fk_interventions_doer"),
        CheckConstraint("minutes between 0 and 1440", name="minutes"),
        CheckConstraint("attendance in ('present', 'late', 'left_early', 'excused', 'absent')", name="attendance"),
        CheckConstraint("(voided_at is null) = (voided_reason is null)", name="voided"),
        Index("ix_interventions_student", "school_id", "student_id", "held_on", "id"),
        Index("ix_interventions_list", "school_id", "held_on", "id"),
        Index("ix_interventions_measure", "school_id", "plan_measure_id", "held_on", postgresql_where=text("voided_at is null")),
        Index("ix_interventions_doer", "school_id", "doer_staff_id", "held_on"),
    )

    student_id: Mapped[UUID]
    kind: Mapped[str]  # measure kind of programme/clauses
    data_class: Mapped[str]
    plan_measure_id: Mapped[UUID | None]
    session_id: Mapped[UUID | None]
    held_on: Mapped[date]
    started_at: Mapped[datetime | None]
    minutes: Mapped[int]
    doer_staff_id: Mapped[UUID | None]
    doer_name: Mapped[str | None]  # who is not staff: a volunteer, a doctor
    place: Mapped[str | None]
    with_whom: Mapped[str | None]
    attendance: Mapped[str] = mapped_column(default="present")
    went: Mapped[str | None]  # how it went
    follow_up: Mapped[str | None]
    form: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)  # fields of the kind's paper form
    entered_on: Mapped[date]
    # As the need's recognition is: whoever is complained of does not hear of it.
    withheld_from_staff_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'"))
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[UUID | None]
    voided_reason: Mapped[str | None]


class InterventionVersion(SchoolOwned, Base):
    """What a record said before it was corrected."""

    __tablename__ = "intervention_versions"
    __table_args__ = (to("interventions", "intervention_id"), UniqueConstraint("school_id", "intervention_id", "number"))

    intervention_id: Mapped[UUID]
    number: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID]
