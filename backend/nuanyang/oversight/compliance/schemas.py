"""How compliance is asked for and shown."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.paging import Cursor, Limit
from nuanyang.kit.schemas import Day, Input, Output, QueryInput, Reason
from nuanyang.programme.clauses.template import CadencePer, Owner

State = Literal["due", "in_grace", "met", "late", "backfilled", "missed", "waived"]
# How a clause stands: `kept` nothing missed, `behind` something missed but most done, `broken` under the share that counts as kept, `waiting` nothing
# has fallen due yet, `not_recorded` its records come with a later capability, `no_clock` by need or ongoing, `nobody` owed to nobody this time,
# `hidden` not for the caller to see over these classes.
Standing = Literal["kept", "behind", "broken", "waiting", "not_recorded", "no_clock", "nobody", "hidden"]
SpanKind = Literal["term", "year"]
ClassIds = Annotated[list[UUID], Field(max_length=200)]


class ComplianceQuery(QueryInput):
    """Over which days and classes. Without a day, today; the term or the programme year that the day lies in."""

    span: SpanKind = "term"
    on: Day | None = None
    owner: Owner | None = None
    grade: Annotated[int, Field(ge=1, le=12)] | None = None
    class_id: UUID | None = None


class OccurrencesQuery(QueryInput):
    """Which occurrences of a clause: the same days and classes, and in which states."""

    span: SpanKind = "term"
    on: Day | None = None
    grade: Annotated[int, Field(ge=1, le=12)] | None = None
    class_id: UUID | None = None
    week: Day | None = Field(default=None, description="Any day of the one week (Monday to Sunday) in which they fall due.")
    state: Annotated[list[State], Field(max_length=7)] = Field(default_factory=list)
    cursor: Cursor = None
    limit: Limit = 50


class Tally(Output):
    """How many occurrences fell due, and how they went. `expected` = met + late + backfilled + missed + waived + in_grace + due."""

    expected: int = 0
    met: int = 0  # 按时
    late: int = 0  # 迟办
    backfilled: int = 0  # 补录
    missed: int = 0
    waived: int = 0  # 免办
    in_grace: int = 0
    due: int = 0


class WeekTally(Tally):
    """One week, named by its Monday."""

    week: date


class ClauseLine(Output):
    """One clause. `share`: the percent done of what had to be done by now (late and backfilled included, waived left out); null without any.
    `trend`: the share of the last four weeks less that of the four before, in percent points; null where either had nothing."""

    clause: str
    zh: str
    en: str
    part: str
    owner: Owner
    is_own: bool
    is_plan: bool  # the measures of the students' plans (一生一策) of one dimension, not a clause of the programme
    cadence_zh: str | None
    cadence_en: str | None
    per: CadencePer | None
    standing: Standing
    share: int | None
    trend: int | None
    tally: Tally
    weeks: list[WeekTally]


class EditionNamed(Output):
    """The edition of the programme that was in force."""

    id: UUID
    name: str


class ComplianceShown(Output):
    """Every clause of the programme over a term or a year. `weeks`: the Mondays of the span, in order."""

    as_of: date
    begin: date
    end: date
    span: SpanKind
    name: str | None  # of the term, or of the edition's year
    edition: EditionNamed | None
    weeks: list[date]
    clauses: list[ClauseLine]


class RecordNamed(Output):
    """A record that meets an occurrence. `kind`: what sort of record; `id` of the record itself, or of a session of several students."""

    kind: Literal[
        "intervention", "session", "dossier", "census_look", "plan_review", "support_plan", "counselling_session", "edition", "recognition"
    ]
    id: UUID
    held_on: date
    entered_on: date
    doer: str | None


class WaiverShown(Output):
    """免办: who said that it need not be done, when and why."""

    by: str
    reason: str
    at: datetime


class OccurrenceShown(Output):
    """One thing that was expected, and what became of it."""

    id: UUID
    clause: str
    state: State
    opens_on: date
    due_on: date
    grace_until: date | None
    held_on: date | None
    entered_on: date | None
    minutes: int
    student_id: UUID | None
    student_name: str | None
    class_id: UUID | None
    class_name: str | None
    records: list[RecordNamed]
    waiver: WaiverShown | None
    may_waive: bool  # or, where it is waived, take that back


class OccurrenceList(Output):
    """A page of occurrences, by the day they fell due, the latest first; those that are not for the caller to see are not among them."""

    items: list[OccurrenceShown]
    next_cursor: str | None


class WaiverInput(Input):
    """Why it need not be done."""

    reason: Reason
