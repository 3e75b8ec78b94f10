"""One table of a file: a worksheet, or a CSV file as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

Place = tuple[int, int]  # line as Excel shows it, column from 0


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the line each began on, and what is peculiar about single cells."""

    name: str
    rows: Iterator[tuple[int, list[str]]]
    spoiled: Set[Place] = frozenset()  # no usable value
    covered: Mapping[Place, Place] = field(default_factory=dict)  # part of a merge: the cell that holds the value
    is_ruled: bool = True  # every row has the cells of its header, as in CSV; beside a worksheet's table notes may stand
