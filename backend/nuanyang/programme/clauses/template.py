"""The shipped clauses G1.1–M4.3 as the template that a school's editions are made from: whom each is for, how often, by whom, met by what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from nuanyang.programme.clauses.reading import read

Dimension = Literal["academic", "psychological", "living", "social"]
# How often a measure of a plan is dosed; a clause knows more: per quarter, year and phase, and the clock of P1.2.
Per = Literal["day", "week", "month", "term", "once"]
CadencePer = Literal["day", "week", "month", "term", "quarter", "year", "phase", "once", "clock"]
RunsOn = Literal["teaching_weeks", "whole_year", "calendar_days", "school_days", "holidays"]
Subject = Literal["student", "group", "pair", "class", "school", "department"]
Reach = Literal["supported", "everyone"]
Category = Literal["C1", "C2", "C3", "C4"]
SupportLevel = Literal["key", "general"]
Unit = Literal["percent", "levels", "rubric", "participations"]
Comparison = Literal["at_least", "below", "rises"]
Owner = Literal["principal", "academic_affairs", "moral_education", "general_affairs", "youth_league"]
PARTS: Mapping[str, tuple[str, str]] = {
    "G": ("目标", "Goals"),
    "C": ("帮扶对象", "Whom it supports"),
    "A": ("学业赋能", "Academic"),
    "P": ("心灵护航", "Psychological"),
    "L": ("生活暖阳", "Daily life"),
    "S": ("社会协同", "Social"),
    "I": ("实施步骤", "Steps of the year"),
    "M": ("保障机制", "What keeps it going"),
}
OWNERS: Mapping[str, tuple[str, str]] = {
    "principal": ("领导小组", "Leading group"),
    "academic_affairs": ("教务处", "Academic affairs"),
    "moral_education": ("德育处", "Moral education"),
    "general_affairs": ("总务处", "General affairs"),
    "youth_league": ("团委", "Youth league"),
}
# Who may be named to carry a clause out: posts at the school, who leads a case, and those from outside who help.
DOERS: Mapping[str, tuple[str, str]] = {
    "principal": ("校长", "Principal"),
    "academic_affairs": ("教务处", "Academic affairs"),
    "moral_education": ("德育处", "Moral education"),
    "general_affairs": ("总务处", "General affairs"),
    "youth_league": ("团委", "Youth league"),
    "aid_officer": ("资助专干", "Aid officer"),
    "counsellor": ("心理教师", "Counsellor"),
    "grade_head": ("年级组长", "Grade head"),
    "homeroom_teacher": ("班主任", "Homeroom teacher"),
    "subject_teacher": ("学科教师", "Subject teacher"),
    "tutor": ("学业导师", "Tutor"),
    "case_lead": ("帮扶责任人", "Case lead"),
    "special_educator": ("资源教师", "Special educator"),
    "school_nurse": ("校医", "School nurse"),
    "care_assistant": ("生活助理", "Care assistant"),
    "volunteer": ("志愿者", "Volunteer"),
    "community_partner": ("社区联络员", "Community partner"),
    "evaluator": ("评估小组", "Evaluators"),
}


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a clause asks for its measure; without `per` it has no clock. `is_default` where the programme is silent and it is ours."""

    zh: str
    en: str
    times: int | None = None
    per: CadencePer | None = None
    runs_on: RunsOn | None = None
    grace_days: int = 0
    hours: int | None = None  # of the clock
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Applies:
    """Whom a clause is for: everyone, or the supported, these by category, support level and dimension where any are named."""

    reach: Reach = "supported"
    categories: tuple[Category, ...] = ()
    levels: tuple[SupportLevel, ...] = ()
    dimensions: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What a goal is measured against; `rises` has no number."""

    unit: Unit
    comparison: Comparison
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the programme: its owner department answers for it, the doers carry it out, the first of them that the school has."""

    id: str
    zh: str
    en: str
    part: str
    owner: Owner
    dimension: Dimension | None = None
    doers: tuple[str, ...] = ()
    cadence: Cadence | None = None
    subject: Subject = "school"
    applies: Applies = field(default_factory=Applies)
    target: Target | None = None
    minutes: int = 0
    phases: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def is_recorded(self) -> bool:
        """Whether there are records that could meet it; those of other clauses come with later capabilities."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Phase:
    """What some months of the year are for."""

    id: str
    zh: str
    en: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """Where the programme's year begins, and which months its phases are."""

    name: str
    zh: str
    en: str
    first_month: int
    phases: tuple[Phase, ...]

    def months_of(self, phases: tuple[str, ...]) -> tuple[int, ...]:
        """The months of some phases, in the order of the programme's year; none means the whole year."""
        named = {m for phase in self.phases if phase.id in phases for m in phase.months}
        return tuple(sorted(named, key=lambda month: (month - self.first_month) % 12))


@cache
def clauses() -> tuple[Clause, ...]:
    """All clauses in the programme's order."""
    return tuple(_clause(row) for row in read("clauses.toml")["clauses"])


@cache
def templates() -> Mapping[str, Template]:
    """The shipped templates: the year from January, and from September."""
    return {
        name: Template(name, row["zh"], row["en"], row["first_month"], tuple(_phase(p) for p in row["phases"]))
        for name, row in read("clauses.toml")["templates"].items()
    }


@cache
def records() -> Mapping[str, tuple[str, str]]:
    """Records other than measures that meet a clause, in words."""
    return {name: (zh, en) for name, (zh, en) in read("clauses.toml")["records"].items()}


def clause(clause_id: str) -> Clause:
    """One clause; KeyError when the programme has none of this id."""
    return _by_id()[clause_id]


@cache
def _by_id() -> Mapping[str, Clause]:
    return {c.id: c for c in clauses()}


def _clause(row: dict[str, Any]) -> Clause:
    parts = {name: maker(row[name]) for name, maker in _PARTS.items() if name in row}
    return Clause(**{k: v for k, v in row.items() if k not in _PARTS}, part=row["id"][0], **parts)


def _applies(row: dict[str, Any]) -> Applies:
    return Applies(row["reach"], *(tuple(row.get(name, ())) for name in ("categories", "levels", "dimensions")))


def _phase(row: dict[str, Any]) -> Phase:
    return Phase(row["id"], row["zh"], row["en"], tuple(row["months"]))


_PARTS: Mapping[str, Any] = {
    "doers": tuple,
    "phases": tuple,
    "evidence": tuple,
    "cadence": lambda row: Cadence(**row),
    "target": lambda row: Target(**row),
    "applies": _applies,
}
