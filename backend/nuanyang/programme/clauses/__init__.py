"""The programme as data: its clauses, and its measures as kinds of plan measures and interventions."""

from nuanyang.programme.clauses.catalogue import (
    SHIPPED,
    Choice,
    Dose,
    FormField,
    Kinds,
    MeasureKind,
    all_kinds,
    measure_kind,
    own_kinds,
)
from nuanyang.programme.clauses.template import Clause, clause, clauses, templates

__all__ = [
    "SHIPPED",
    "Choice",
    "Clause",
    "Dose",
    "FormField",
    "Kinds",
    "MeasureKind",
    "all_kinds",
    "clause",
    "clauses",
    "measure_kind",
    "own_kinds",
    "templates",
]
