"""Who owes what: from the clauses of the edition in force, the recognitions and the approved plans. Pure.

A clause of a group (A1.3) is owed to each of its students. Pairs and departments have no records yet: what they owe is not recorded, never met.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Any, Literal, cast
from uuid import UUID

from nuanyang.programme.cadence.rules import EVERY_MONTH, Cadence, Per
from nuanyang.programme.cadence.rules.owed import Owed
from nuanyang.programme.calendar.rules import PeriodSpan, RunsOn
from nuanyang.programme.editions.rules.kinds import own_code

# Records beside measures that the ledger can see; what a clause is met by beyond these has no record yet.
RECORDS = frozenset({"census_look", "dossier", "plan_review", "support_plan", "counselling_session", "recognition", "edition"})
SUBJECTS: Mapping[str, Literal["student", "class", "school"]] = {
    "student": "student",
    "group": "student",
    "class": "class",
    "school": "school",
}
# What is owed once and has no phase is owed so many days after it began to be owed.
ONCE_WITHIN = timedelta(days=30)
# Of several cases the one that most people may see says what class of data an obligation has.
CLASS_ORDER = ("academic", "family", "economic", "health", "wellbeing", "protection", "clinical")
CATEGORY_DIMENSION = {"C1": "living", "C2": "academic", "C3": "psychological", "C4": "social"}
PLAN_GRACE: Mapping[str, int] = {"day": 1, "week": 2, "month": 5, "term": 7, "once": 7}
# A dose of less than once a period is counted in a longer one: (the longer one, how many of the short it has).
LONGER: Mapping[str, tuple[Per, Decimal]] = {
    "day": ("week", Decimal(5)),
    "week": ("month", Decimal(52) / 12),
    "month": ("term", Decimal("4.5")),
}


@dataclass(frozen=True, slots=True)
class Pupil:
    """An enrolled student: the class today, since when at the school, and who leads the case."""

    id: UUID
    class_id: UUID
    since: date
    has_lead: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A recognition in force."""

    student_id: UUID
    category: str
    support_level: str
    data_class: str
    since: date
    until: date | None
    withheld_from: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure of an approved plan. `ids`: this measure in every approved version of the plan."""

    student_id: UUID
    lineage: str
    ids: tuple[UUID, ...]
    kind: str
    dimension: str
    data_class: str
    times: Decimal
    per: str
    since: date
    until: date | None
    doer_staff_id: UUID | None
    withheld_from: tuple[UUID, ...] = ()
    is_in_term: bool = True


@dataclass(frozen=True, slots=True)
class Phase:
    """What some months of the edition's year are for, as days."""

    id: str
    name: str
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class Year:
    """The edition in force: its first and last day in force, and its phases by id."""

    id: UUID
    begins: date
    begin: date
    end: date
    phases: Mapping[str, Phase] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posts:
    """Who there is to do something: roles over the school, and classes by role."""

    whole: frozenset[str] = frozenset()
    classes: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def first(self, doers: Iterable[str], owner: str, class_id: UUID | None, *, has_lead: bool = False) -> str:
        """The first of the doers that the school has for this class, else the department that answers for it."""
        for role in doers:
            if role == "case_lead" and has_lead:
                return role
            if role in self.whole or (class_id is not None and class_id in self.classes.get(role, ())):
                return role
        return owner


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides what is owed on a day."""

    year: Year | None
    clauses: Sequence[Any]  # rows of edition_clauses
    pupils: Mapping[UUID, Pupil]
    cases: Sequence[Case]
    planned: Sequence[Planned]
    classes: Sequence[UUID]
    posts: Posts


def met_by(clause: Any) -> tuple[str, ...]:
    """The kinds of records that meet a clause, as far as there are such records: measures have a dot in their code, an own measure its form."""
    own = [own_code(clause.clause)] if clause.is_own else []
    return tuple(dict.fromkeys([*own, *(kind for kind in clause.evidence if "." in kind or kind in RECORDS)]))


def owed(facts: Facts) -> dict[str, Owed]:
    """Everything that is owed, by its key."""
    found: dict[str, Owed] = {}
    if facts.year is not None:
        by_student: dict[UUID, list[Case]] = {}
        for case in facts.cases:
            if case.student_id in facts.pupils:
                by_student.setdefault(case.student_id, []).append(case)
        for clause in facts.clauses:
            for one in _of_clause(facts, facts.year, clause, by_student):
                found[one.key] = one
    for measure in facts.planned:
        if measure.student_id in facts.pupils:
            one = _of_measure(facts.pupils[measure.student_id], measure)
            found[one.key] = one
    return found


def _of_clause(facts: Facts, year: Year, clause: Any, cases: Mapping[UUID, Sequence[Case]]) -> Iterator[Owed]:
    kinds = met_by(clause)
    if clause.per is None or clause.per == "clock" or not kinds or clause.subject not in SUBJECTS:
        return
    subject = SUBJECTS[clause.subject]
    if subject == "school":
        yield from _timed(year, clause, kinds, facts.posts, clause.clause, subject="school")
    elif subject == "class":
        for class_id in facts.classes:
            yield from _timed(year, clause, kinds, facts.posts, f"{clause.clause}/c:{class_id}", subject="class", class_id=class_id)
    else:
        for pupil, mine in _whom(facts, clause, cases):
            yield from _timed(
                year,
                clause,
                kinds,
                facts.posts,
                f"{clause.clause}/s:{pupil.id}",
                subject="student",
                class_id=pupil.class_id,
                pupil=pupil,
                cases=mine,
            )


def _whom(facts: Facts, clause: Any, cases: Mapping[UUID, Sequence[Case]]) -> Iterator[tuple[Pupil, Sequence[Case]]]:
    if clause.reach == "everyone":
        yield from ((pupil, ()) for pupil in facts.pupils.values())
        return
    for student_id, all_mine in cases.items():
        mine = [
            case
            for case in all_mine
            if (not clause.categories or case.category in clause.categories)
            and (not clause.levels or case.support_level in clause.levels)
            and (not clause.dimensions or CATEGORY_DIMENSION[case.category] in clause.dimensions)
        ]
        if mine:
            yield facts.pupils[student_id], mine


def _timed(
    year: Year,
    clause: Any,
    kinds: tuple[str, ...],
    posts: Posts,
    key: str,
    *,
    subject: str,
    class_id: UUID | None = None,
    pupil: Pupil | None = None,
    cases: Sequence[Case] = (),
) -> Iterator[Owed]:
    open_cases = [case for case in cases if not case.withheld_from] or list(cases)
    since = max(year.begin, pupil.since if pupil and not cases else year.begin, min((case.since for case in cases), default=year.begin))
    ends = [case.until for case in cases]
    until = min(year.end, max((day for day in ends if day), default=year.end)) if ends and None not in ends else year.end
    for cadence, suffix, begins, by in _cadences(year, clause, since, until):
        yield Owed(
            key=key + suffix,
            clause=clause.clause,
            source="clause",
            subject=subject,
            cadence=cadence,
            since=begins,
            until=by,
            kinds=kinds,
            data_class=_class_of(open_cases),
            student_id=pupil.id if pupil else None,
            class_id=class_id,
            doer_role=posts.first(clause.doers, clause.owner, class_id, has_lead=bool(pupil and pupil.has_lead)),
            withheld_from_staff_ids=_withheld(cases),
        )


def _cadences(year: Year, clause: Any, since: date, until: date) -> Iterator[tuple[Cadence, str, date, date]]:
    """How often, what tells the key from others of the clause, from when and until when."""
    phases = [year.phases[name] for name in clause.phases if name in year.phases]
    if clause.per == "phase":
        for phase in phases:
            yield (
                Cadence("phase", clause.times, clause.runs_on, grace_days=clause.grace_days, phase=phase.name),
                f"/{phase.id}",
                since,
                until,
            )
        return
    months = frozenset(clause.months) or EVERY_MONTH
    if clause.per == "once":
        # Each year's own: what was done last year is not done this year. Who comes when the phase is over still has the usual days.
        first = min((phase.begin for phase in phases), default=since)
        last = max((phase.end for phase in phases), default=since + ONCE_WITHIN)
        begins = max(since, first)
        if phases and last - since < ONCE_WITHIN and since > first:
            last = since + ONCE_WITHIN
        yield (
            Cadence("once", clause.times, clause.runs_on, grace_days=clause.grace_days),
            f"@{year.begins.year}",
            begins,
            min(last, year.end),
        )
        return
    cadence = Cadence(
        cast("Per", clause.per),
        clause.times,
        cast("RunsOn", clause.runs_on),
        months=months,
        grace_days=clause.grace_days,
        first_month=year.begins.month,
    )
    yield cadence, "", since, until


def _of_measure(pupil: Pupil, measure: Planned) -> Owed:
    return Owed(
        key=f"plan/s:{pupil.id}/{measure.lineage}",
        clause=f"plan.{measure.dimension}",
        source="plan",
        subject="student",
        cadence=_dosed(measure),
        since=measure.since,
        until=measure.until if measure.per != "once" else measure.until or measure.since + ONCE_WITHIN,
        kinds=(measure.kind,),
        data_class=measure.data_class,
        student_id=pupil.id,
        class_id=pupil.class_id,
        doer_role=None if measure.doer_staff_id else ("case_lead" if pupil.has_lead else "homeroom_teacher"),
        doer_staff_id=measure.doer_staff_id,
        measure_ids=measure.ids,
        withheld_from_staff_ids=measure.withheld_from,
    )


def _dosed(measure: Planned) -> Cadence:
    """The dose of a plan as a cadence; 0.5 a week is counted by the month. What lies wholly in the holidays counts every day."""
    per, times = measure.per, measure.times
    if times < 1 and per in LONGER:
        per, factor = LONGER[per]
        times *= factor
    runs_on: RunsOn = "teaching_weeks" if measure.is_in_term else "calendar_days"
    if per == "once":
        runs_on = "whole_year"
    return Cadence(cast("Per", per), max(ceil(times) if times < 1 else round(times), 1), runs_on, grace_days=PLAN_GRACE.get(per, 2))


def _class_of(cases: Sequence[Case]) -> str:
    classes = {case.data_class for case in cases}
    return next((c for c in CLASS_ORDER if c in classes), "basic")


def _withheld(cases: Sequence[Case]) -> tuple[UUID, ...]:
    """From whom it is kept: from somebody only if every case that it comes from is."""
    if not cases or any(not case.withheld_from for case in cases):
        return ()
    return tuple(sorted({staff for case in cases for staff in case.withheld_from}))


def phases_of(rows: Iterable[Mapping[str, Any]], begins: date) -> dict[str, Phase]:
    """The phases of an edition as days of its year; months that follow each other make one span, from the first to the last."""
    found = {}
    for row in rows:
        places = sorted((month - begins.month) % 12 for month in row["months"])
        if places:
            begin, end = _month(begins, places[0]), _month(begins, places[-1] + 1) - timedelta(days=1)
            found[row["id"]] = Phase(row["id"], row["zh"], begin, end)
    return found


def _month(begins: date, place: int) -> date:
    at = begins.year * 12 + begins.month - 1 + place
    return date(at // 12, at % 12 + 1, 1)


def spans_of(year: Year | None, known: Iterable[PeriodSpan]) -> list[PeriodSpan]:
    """The phases of the edition for the calendar; the school's own dates of a phase of the same name go first."""
    if year is None:
        return []
    own = {period.name for period in known if period.kind == "phase"}
    return [
        PeriodSpan(f"{year.id}.{phase.id}", "phase", phase.name, phase.begin, phase.end)
        for phase in year.phases.values()
        if phase.name not in own
    ]
