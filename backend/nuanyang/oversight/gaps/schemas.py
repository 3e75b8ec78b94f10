"""How gaps are asked for and shown."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from nuanyang.casework.gaps.rules import Kind
from nuanyang.kit.paging import Cursor, Limit
from nuanyang.kit.schemas import Day, Input, Output, QueryInput, Reason
from nuanyang.programme.clauses.template import Owner


class GapsQuery(QueryInput):
    """Whose: of a grade, a class, a department, or of the cases that the caller leads. With `waived` those that were put off, too."""

    grade: Annotated[int, Field(ge=1, le=12)] | None = None
    class_id: UUID | None = None
    owner: Owner | None = None
    mine: bool = False
    waived: bool = False


class GapListQuery(GapsQuery):
    """The same, a page at a time."""

    cursor: Cursor = None
    limit: Limit = 50


class SupportGapKind(Output):
    """One kind with what it means, and how many there are for the caller to see. `version`: of the definition, 0 as shipped."""

    kind: Kind
    zh: str
    en: str
    why_zh: str
    why_en: str
    is_on: bool
    days: int | None
    percent: int | None
    version: int
    count: int


class SupportGapKindList(Output):
    """All kinds. `may_define`: whether the caller may change what the school looks for."""

    items: list[SupportGapKind]
    may_define: bool


class SupportGap(Output):
    """One gap. `since`: since when it is so; `subject_id`: what it is about (recognition, file, need, goal, plan or measure)."""

    kind: Kind
    subject_id: UUID
    student_id: UUID
    student_name: str
    class_id: UUID | None
    class_name: str | None
    lead: str | None
    since: date
    detail: str | None
    plan_id: UUID | None
    plan_measure_id: UUID | None
    measure_kind: str | None
    put_off_until: date | None
    put_off_by: str | None
    put_off_reason: str | None
    put_off_at: datetime | None
    may_put_off: bool


class SupportGapList(Output):
    """A page of gaps, the longest standing first."""

    items: list[SupportGap]
    next_cursor: str | None


class PutOffInput(Input):
    """Until when it need not be closed, and why."""

    until_on: Day
    reason: Reason


class DefinitionInput(Input):
    """What the school looks for."""

    is_on: bool
    days: Annotated[int, Field(ge=0, le=730)] | None
    percent: Annotated[int, Field(ge=1, le=100)] | None
