"""A measure of the school's own as a kind: plans dose it and interventions record it as they do the shipped ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from nuanyang.access.permissions import DIMENSION_CLASS
from nuanyang.programme.clauses import Choice, Dose, FormField, MeasureKind
from nuanyang.programme.clauses.template import Per
from nuanyang.programme.editions.rules.content import Values

# Of a plan's doses none is rarer than the term: what is done by quarter is done twice a term, what is done by phase or year once.
_DOSED: Mapping[str, tuple[Per, int]] = {
    "day": ("day", 1),
    "week": ("week", 1),
    "month": ("month", 1),
    "term": ("term", 1),
    "once": ("once", 1),
    "quarter": ("term", 2),
    "phase": ("once", 1),
    "year": ("once", 1),
}


def own_code(clause: str) -> str:
    """The code of an own measure's kind; it never changes, whatever the edition."""
    return f"{clause}.own"


def next_own_id(part: str, known: Sequence[str]) -> str:
    """The id of one more own measure: AX.1, AX.2 and so on, never one that the school has had."""
    numbers = [int(clause.rpartition(".")[2]) for clause in known if clause.startswith(f"{part}X.")]
    return f"{part}X.{max(numbers, default=0) + 1}"


def kind_of(values: Values) -> MeasureKind:
    """The kind that an own measure makes. Its class of data is that of its dimension, so that nobody can choose a wider one."""
    dimension = values["dimension"]
    dose = _dose(values["per"], values["times"], values["minutes"])
    return MeasureKind(
        code=own_code(values["clause"]),
        zh=values["zh"],
        en=values["en"] or values["zh"],
        clauses=(values["clause"],),
        dimension=dimension,
        data_class=DIMENSION_CLASS[dimension],
        dose=dose,
        general_dose=dose,
        form=values["form"],
        fields=tuple(_field(row) for row in values["fields"]),
    )


def _dose(per: str, times: int, minutes: int) -> Dose:
    dosed, factor = _DOSED[per]
    return Dose(times * factor, dosed, minutes)


def _field(row: dict[str, Any]) -> FormField:
    choices = tuple(Choice(c["value"], c["zh"], c["en"] or c["zh"]) for c in row["choices"])
    return FormField(row["name"], row["zh"], row["en"] or row["zh"], row["type"], row["is_required"], choices, row["least"], row["most"])
