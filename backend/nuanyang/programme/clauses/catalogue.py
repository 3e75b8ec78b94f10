"""The kinds of measures, read once from `data/`, and those that a school adds itself.

A kind's code begins with the clause it serves first (`A1.3.small_group_tutoring`) and never changes: plans and interventions keep it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, cast

from nuanyang.access.permissions import DATA_CLASSES, DataClass
from nuanyang.programme.clauses.reading import read
from nuanyang.programme.clauses.template import Dimension, Per, clauses

FieldType = Literal["line", "text", "choice", "number", "date", "yes_no"]


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
def all_kinds() -> tuple[MeasureKind, ...]:
    """All kinds of measures, by dimension."""
    document = read("measure_kinds.toml")
    kinds = tuple(_kind(row, document["choices"]) for row in document["kinds"])
    known = {c.id for c in clauses()}
    for kind in kinds:
        if not set(kind.clauses) <= known or kind.data_class not in DATA_CLASSES:
            raise ValueError(f"{kind.code} names a clause or data class that does not exist")
    return kinds


def measure_kind(code: str) -> MeasureKind:
    """One kind; KeyError when there is none of this code."""
    return _by_code()[code]


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a school's measures may be: the shipped kinds, and those that it added itself in its editions of the programme.

    Records keep the code of an own kind after its edition has ended, so it stays known; only those of the edition in force are `offered`.
    """

    own: Mapping[str, MeasureKind] = field(default_factory=dict)
    offered_own: frozenset[str] = frozenset()

    def find(self, code: str | None) -> MeasureKind | None:
        """The kind of this code; None when the school has none such."""
        return None if code is None else _by_code().get(code) or self.own.get(code)

    def known(self, code: str) -> MeasureKind:
        """The kind of this code; KeyError when the school has none such."""
        kind = self.find(code)
        if kind is None:
            raise KeyError(code)
        return kind

    def is_offered(self, code: str) -> bool:
        """Whether something new may be of this kind."""
        return code in _by_code() or code in self.offered_own

    def offered(self) -> Iterator[MeasureKind]:
        """The kinds that plans and records choose from: the shipped ones by dimension, then the own ones."""
        yield from all_kinds()
        yield from (kind for code, kind in self.own.items() if code in self.offered_own)


SHIPPED = Kinds()


def own_kinds(kinds: Iterable[MeasureKind], offered: Iterable[str]) -> Kinds:
    """The shipped kinds and these."""
    return Kinds({kind.code: kind for kind in kinds}, frozenset(offered))


@cache
def _by_code() -> Mapping[str, MeasureKind]:
    return {k.code: k for k in all_kinds()}


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
