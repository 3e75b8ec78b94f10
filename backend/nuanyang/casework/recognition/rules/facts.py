"""What the rules know about one student: one row, computed set-based by the database."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID


class ExamFact(NamedTuple):
    """One term exam: `position` is the share of the class with no more marks than this student (0.2: lowest fifth), `share` of full marks."""

    position: float
    share: float


class EvidenceFact(NamedTuple):
    """One piece of evidence in force."""

    kind: str
    source: str
    observed_on: date
    id: UUID
    about_staff_id: UUID | None = None
    income_per_head: int | None = None  # fen a month


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules may look at. Exams newest first. Absent, deferred and exempt exams are simply not there: never 0."""

    student_id: UUID
    class_id: UUID | None
    grade: int
    sex: str
    exams: tuple[ExamFact, ...] = ()
    truancy: float = 0.0
    late: int = 0
    school_days: int = 0
    evidence: tuple[EvidenceFact, ...] = ()
    kinds: frozenset[str] = frozenset()
    # From the roster; the family's form alone never makes a proposal.
    roster_groups: frozenset[str] = frozenset()
    has_disability: bool = False
    lives_apart: bool = False  # left behind, single parent or raised by grandparents
    income_per_head: int | None = None

    def about(self, kinds: frozenset[str]) -> list[EvidenceFact]:
        """The evidence of these kinds."""
        return [e for e in self.evidence if e.kind in kinds]
