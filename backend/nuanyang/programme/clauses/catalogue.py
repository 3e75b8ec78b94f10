"""Reads the shipped programme once: clauses G1.1–M4.3 and the kinds of measures, both from `data/`.

A kind's code begins with the clause it serves first (`A1.3.small_group_tutoring`) and never changes: plans and interventions keep it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from nuanyang.access.permissions import DATA_CLASSES, DataClass

Dimension = Literal["academic", "psychological", "living", "social"]
Per = Literal["day", "week", "month", "term", "once"]
SupportLevel = Literal["key", "general"]
FieldType = Literal["line", "text", "choice", "number", "date", "yes_no"]
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


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a clause asks for its measure; `is_default` where the programme is silent and the cadence is ours."""

    zh: str
    en: str
    times: int | None = None
    per: Per | None = None
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the programme: its owner department answers for it, the doers carry it out."""

    id: str
    zh: str
    en: str
    part: str
    owner: str
    dimension: Dimension | None = None
    doers: tuple[str, ...] = ()
    cadence: Cadence | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """`times` per `per`, `minutes` each time."""

    times: int
    per: Per
    minutes: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice field."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a kind's paper form; `least` and `most` bound a number."""

    name: str
    zh: str
    en: str
    type: FieldType
    is_required: bool = False
    choices: tuple[Choice, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A measure of the programme: what a plan doses and an intervention records. `dose` is for 重点, `general_dose` for 一般."""

    code: str
    zh: str
    en: str
    clauses: tuple[str, ...]
    dimension: Dimension
    data_class: DataClass
    dose: Dose
    general_dose: Dose
    form: str
    fields: tuple[FormField, ...]
    fits_every_need: bool = False
    consent: str | None = None  # the purpose (school/consents) without whose consent it is not done

    def dose_for(self, support_level: str) -> Dose:
        """The programme's own dose at this support level."""
        return self.dose if support_level == "key" else self.general_dose

    def fits(self, dimension: str) -> bool:
        """Whether it may serve a need of this dimension: a measure must not betray a class of data that its need does not have."""
        return self.fits_every_need or self.dimension == dimension


@cache
def clauses() -> tuple[Clause, ...]:
    """All clauses in the programme's order."""
    return tuple(
        Clause(
            **{k: v for k, v in row.items() if k not in ("doers", "cadence")},
            part=row["id"][0],
            doers=tuple(row.get("doers", ())),
            cadence=Cadence(**row["cadence"]) if "cadence" in row else None,
        )
        for row in _read("clauses.toml")["clauses"]
    )


@cache
def all_kinds() -> tuple[MeasureKind, ...]:
    """All kinds of measures, by dimension."""
    document = _read("measure_kinds.toml")
    kinds = tuple(_kind(row, document["choices"]) for row in document["kinds"])
    known = {c.id for c in clauses()}
    for kind in kinds:
        if not set(kind.clauses) <= known or kind.data_class not in DATA_CLASSES:
            raise ValueError(f"{kind.code} names a clause or data class that does not exist")
    return kinds


def clause(clause_id: str) -> Clause:
    """One clause; KeyError when the programme has none of this id."""
    return _by_id()[clause_id]


def measure_kind(code: str) -> MeasureKind:
    """One kind; KeyError when there is none of this code."""
    return _by_code()[code]


def is_measure_kind(code: str) -> bool:
    """Whether there is a kind of this code."""
    return code in _by_code()


@cache
def _by_id() -> Mapping[str, Clause]:
    return {c.id: c for c in clauses()}


@cache
def _by_code() -> Mapping[str, MeasureKind]:
    return {k.code: k for k in all_kinds()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("nuanyang.programme.clauses").joinpath("data", name).read_text("utf-8"))


def _kind(row: dict[str, Any], shared: dict[str, dict[str, list[str]]]) -> MeasureKind:
    plain = {k: row[k] for k in ("code", "zh", "en", "dimension", "data_class", "form")}
    dose = Dose(**row["dose"])
    return MeasureKind(
        **plain,
        clauses=tuple(row["clauses"]),
        dose=dose,
        general_dose=Dose(**row["general"]) if "general" in row else dose,
        fields=tuple(_field(f, shared) for f in row["fields"]),
        fits_every_need=row.get("fits_every_need", False),
        consent=row.get("consent"),
    )


def _field(row: dict[str, Any], shared: dict[str, dict[str, list[str]]]) -> FormField:
    named = row.get("choices", {})
    choices = shared[named] if isinstance(named, str) else cast("dict[str, list[str]]", named)
    return FormField(
        name=row["name"],
        zh=row["zh"],
        en=row["en"],
        type=row["type"],
        is_required=row.get("required", False),
        choices=tuple(Choice(value, zh, en) for value, (zh, en) in choices.items()),
        least=row.get("least"),
        most=row.get("most"),
    )
