"""What the week of one person holds."""

from datetime import date
from typing import Literal
from uuid import UUID

from nuanyang.kit.schemas import Output
from nuanyang.programme.clauses.template import CadencePer, Owner


class Duty(Output):
    """Something that one person owes now. `why`: the clause, or the measure of a student's plan, from which it comes; `closes`: the kind of record that
    settles it, the first of `kinds` being the usual one."""

    id: UUID
    clause: str
    zh: str
    en: str
    cadence_zh: str | None
    cadence_en: str | None
    per: CadencePer | None
    is_plan: bool
    state: Literal["due", "in_grace"]
    opens_on: date
    due_on: date
    grace_until: date | None
    student_id: UUID | None
    student_name: str | None
    class_id: UUID | None
    class_name: str | None
    plan_measure_id: UUID | None
    kinds: list[str]
    closes_zh: str
    closes_en: str
    minutes: int
    ordinal: int
    may_waive: bool


class Behind(Output):
    """What a clause that is mine or my department's has open and missed this week: one line a clause, never one a person."""

    clause: str
    zh: str
    en: str
    owner: Owner
    due: int
    in_grace: int
    missed: int
    done: int


class MyWeek(Output):
    """From Monday to Sunday. `owe`: mine to do, the soonest due first, at most `most`; `owed` says how many there are in all.
    `department`: the clauses that my department answers for."""

    as_of: date
    begin: date
    end: date
    owe: list[Duty]
    owed: int
    done: int
    department: list[Behind]
