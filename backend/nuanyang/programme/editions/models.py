"""帮扶方案 and its clauses: made from the shipped template, changed as a draft, approved by the principal, in force from a day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Integer, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to
from nuanyang.programme.clauses.template import DOERS, OWNERS

STATES = ("draft", "submitted", "in_force", "superseded", "closed")
PERS = ("day", "week", "month", "term", "quarter", "year", "phase", "once", "clock")
RUNS_ON = ("teaching_weeks", "whole_year", "calendar_days", "school_days", "holidays")
SUBJECTS = ("student", "group", "pair", "class", "school", "department")
_WORDS = text("'{}'")
_PERIOD = text("daterange(in_force_from, in_force_until)")


def _array(*values: str) -> str:
    return "array[" + ", ".join(f"'{value}'" for value in values) + "]"


class Edition(SchoolOwned, Edited, Written, Base):
    """One programme of a school. A successor in force ends it on a day; the days of two never overlap."""

    __tablename__ = "editions"
    __table_args__ = (
        to("editions", "previous_id", name="fk_editions_previous"),
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("template in ('january', 'september')", name="template"),
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("(state in ('in_force', 'superseded')) = (approved_at is not null)", name="approved"),
        CheckConstraint(
            "(approved_at is null) = (approved_by is null) and (approved_at is null) = (in_force_from is null)", name="approval_whole"
        ),
        CheckConstraint("state <> 'submitted' or submitted_by is not null", name="submitted"),
        CheckConstraint("(state = 'superseded') = (in_force_until is not null)", name="superseded"),
        CheckConstraint("in_force_until is null or in_force_until > in_force_from", name="force"),
        # Whoever wrote a part of it does not approve it; author and approver are told apart by the trigger `four_eyes`.
        CheckConstraint("approved_by is null or not approved_by = any(writers)", name="not_a_writer"),
        # One edition in force at a time.
        ExcludeConstraint(("school_id", "="), (_PERIOD, "&&"), name="ex_editions_in_force", where=text("approved_at is not null")),
        Index("ix_editions_list", "school_id", "starts_on", "id"),
    )

    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    template: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    background: Mapped[str] = mapped_column(default="", server_default="")  # 背景与意义
    guiding: Mapped[str] = mapped_column(default="", server_default="")  # 指导思想
    phases: Mapped[list[Any]]  # [{id, zh, en, months}], from the template
    # What there is to keep it with: tutors' and counsellors' hours a week, volunteers, students in a tutoring group.
    capacities: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    previous_id: Mapped[UUID | None]  # the edition that it was made from
    writers: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'::uuid[]"))
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[UUID | None]
    returned_reason: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    in_force_from: Mapped[date | None]
    in_force_until: Mapped[date | None]  # the first day of its successor
    approved_content: Mapped[bytes | None]  # kept by the trigger `four_eyes`


class EditionClause(SchoolOwned, Edited, Written, Base):
    """One clause of an edition. Only a draft's are changed: what was submitted and approved stays as it was, the database sees to it."""

    __tablename__ = "edition_clauses"
    __table_args__ = (
        to("editions", "edition_id"),
        UniqueConstraint("school_id", "edition_id", "clause"),
        CheckConstraint("part in ('G', 'C', 'A', 'P', 'L', 'S', 'I', 'M')", name="part"),
        CheckConstraint("dimension in ('academic', 'psychological', 'living', 'social')", name="dimension"),
        CheckConstraint(f"owner in {tuple(OWNERS)}", name="owner"),
        CheckConstraint(f"doers <@ {_array(*DOERS)}", name="doers"),
        CheckConstraint(f"subject in {SUBJECTS}", name="subject"),
        CheckConstraint("reach in ('supported', 'everyone')", name="reach"),
        CheckConstraint("categories <@ array['C1', 'C2', 'C3', 'C4']", name="categories"),
        CheckConstraint("levels <@ array['key', 'general']", name="levels"),
        CheckConstraint("dimensions <@ array['academic', 'psychological', 'living', 'social']", name="dimensions"),
        CheckConstraint(f"per in {PERS}", name="per"),
        CheckConstraint(f"runs_on in {RUNS_ON}", name="runs_on"),
        # A cadence is whole or not there; only a clock counts hours.
        CheckConstraint("(per is null) = (times is null) and (per is null) = (runs_on is null) and times > 0", name="cadence"),
        CheckConstraint("(coalesce(per, '') = 'clock') = (hours is not null) and hours > 0", name="clock"),
        CheckConstraint("months <@ array[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", name="months"),
        CheckConstraint("grace_days between 0 and 60 and minutes between 0 and 1440", name="numbers"),
        CheckConstraint("target_unit in ('percent', 'levels', 'rubric', 'participations')", name="target_unit"),
        CheckConstraint("target_comparison in ('at_least', 'below', 'rises')", name="target_comparison"),
        CheckConstraint("(target_unit is null) = (target_comparison is null)", name="target"),
        CheckConstraint("(coalesce(target_comparison, 'rises') = 'rises') = (target_number is null)", name="target_number"),
        # A measure of the school's own has a form to record it with, serves a dimension, and needs a dose.
        CheckConstraint(
            "is_own = (fields is not null) and is_own = (form is not null)"
            " and (not is_own or (dimension is not null and part in ('A', 'P', 'L', 'S') and per is not null))",
            name="own",
        ),
    )

    edition_id: Mapped[UUID]
    clause: Mapped[str]  # G1.1–M4.3; a school's own: AX.1 and so on, the same from edition to edition
    position: Mapped[int]
    part: Mapped[str]
    zh: Mapped[str]
    en: Mapped[str]
    dimension: Mapped[str | None]
    owner: Mapped[str]
    doers: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=_WORDS)
    subject: Mapped[str]
    reach: Mapped[str] = mapped_column(default="supported", server_default="supported")
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=_WORDS)
    levels: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=_WORDS)
    dimensions: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=_WORDS)
    cadence_zh: Mapped[str | None]
    cadence_en: Mapped[str | None]
    is_default: Mapped[bool] = mapped_column(default=False, server_default=text("false"))  # the cadence is ours
    per: Mapped[str | None]
    times: Mapped[int | None]
    runs_on: Mapped[str | None]
    months: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list, server_default=_WORDS)  # none: the whole year
    grace_days: Mapped[int] = mapped_column(default=0, server_default="0")
    hours: Mapped[int | None]
    minutes: Mapped[int] = mapped_column(default=0, server_default="0")  # doing it once takes
    target_number: Mapped[Decimal | None]
    target_unit: Mapped[str | None]
    target_comparison: Mapped[str | None]
    phases: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=_WORDS)
    evidence: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=_WORDS)  # none: not yet recorded
    is_standing: Mapped[bool] = mapped_column(default=False, server_default=text("false"))  # I3.2: what worked, standing practice now
    is_own: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    form: Mapped[str | None]  # what its record form is called
    fields: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    updated_by: Mapped[UUID | None]
