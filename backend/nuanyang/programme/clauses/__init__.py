"""The programme as data: its clauses, and its measures as kinds of plan measures and interventions."""

from nuanyang.programme.clauses.catalogue import (
    Choice,
    Clause,
    Dose,
    FormField,
    MeasureKind,
    all_kinds,
    clause,
    clauses,
    is_measure_kind,
    measure_kind,
)

__all__ = ["Choice", "Clause", "Dose", "FormField", "MeasureKind", "all_kinds", "clause", "clauses", "is_measure_kind", "measure_kind"]
