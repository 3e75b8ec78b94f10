"""The thresholds a school may set. Each has a range outside which it would mean nothing."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from nuanyang.kit.errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All numbers the rules compare with. Shares are 0–1, amounts fen a month a head, counts whole."""

    lowest_share: float = 0.2  # C2: lowest part of the class
    exams_running: int = 3  # C2: so many term exams one after another
    weak_share: float = 0.4  # C2: mean share of full marks below which the foundation is weak, whatever the rank
    truancy_days: float = 3.0  # C2: days of truancy in the school year that count as weak motivation
    income_line: int = 80_000  # C1: local minimum-living line, fen a month a head
    income_near: float = 1.5  # C1: up to so many times the line a family is looked at as low-income
    paperless_grades: int = 2  # no paper exams up to this grade: observation only


DEFAULTS = Thresholds()
RANGES: dict[str, tuple[float, float]] = {
    "lowest_share": (0.05, 0.5),
    "exams_running": (1, 6),
    "weak_share": (0.0, 0.9),
    "truancy_days": (0.5, 60),
    "income_line": (0, 1_000_000),
    "income_near": (1.0, 5.0),
    "paperless_grades": (0, 6),
}


def read_thresholds(values: dict[str, Any]) -> Thresholds:
    """Thresholds from stored or sent values; what is absent keeps its default; unknown or meaningless ones are refused by name."""
    errors = []
    known = {f.name: f.type for f in fields(Thresholds)}
    for name, value in values.items():
        pointer = f"#/thresholds/{name}"
        if name not in known:
            errors.append(FieldError(pointer, "unknown_threshold", "没有这个阈值。", "There is no such threshold."))
            continue
        low, high = RANGES[name]
        whole = isinstance(getattr(DEFAULTS, name), int)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high or (whole and value != int(value)):
            errors.append(
                FieldError(
                    pointer,
                    "out_of_range",
                    f"应在 {low:g} 与 {high:g} 之间{'，且为整数' if whole else ''}。",
                    f"Must lie between {low:g} and {high:g}.",
                )
            )
    if errors:
        raise Invalid(errors=errors)
    whole_values = {n: (int(v) if isinstance(getattr(DEFAULTS, n), int) else float(v)) for n, v in values.items()}
    return Thresholds(**(asdict(DEFAULTS) | whole_values))
