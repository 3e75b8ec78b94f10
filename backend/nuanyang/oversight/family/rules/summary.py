"""Which parts of a plan, and which records, a family is told.

A part is told when everything it rests on is: its own class, that of its category, and that of the recognition it answers. Of what is
psychological a family hears one thing, that the school would like to talk with them. Where anything protects the child, parts that might
follow from it are left out as well: whoever harms a child may be who reads here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from nuanyang.access.permissions import CATEGORY_CLASS
from nuanyang.casework.plans.rules.completeness import labels_in
from nuanyang.oversight.family.rules.kinds import KIND_OF, WITH_FAMILY, Kind

# The neutral public label of each dimension; what is psychological has none, because it is not told.
Area = Literal["study", "life", "together"]
AREAS: dict[str, Area] = {"academic": "study", "living": "life", "social": "together"}
TOLD = frozenset({"academic", "economic", "family"})
# What no text for a family holds, beside the labels that a plan's own check knows.
_MORE = ("贫苦", "帮扶对象", "建档立卡", "低收入", "残疾", "抑郁", "自残", "自杀", "欺凌", "霸凌", "虐待", "家暴", "心理", "强制报告")
_CAME = frozenset({"present", "late", "left_early"})


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """A measure with its dose."""

    kind: str
    title: str
    times: Decimal
    per: str
    minutes: int


@dataclass(frozen=True, slots=True)
class GoalFact:
    """What is aimed at."""

    statement: str
    due_on: date
    measures: tuple[MeasureFact, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A need with all that it rests on."""

    dimension: str
    data_class: str
    category: str | None = None
    recognition_class: str | None = None
    is_withheld: bool = False  # from somebody complained of: a matter of protection
    goals: tuple[GoalFact, ...] = ()

    @property
    def classes(self) -> frozenset[str]:
        """Every class of data that the part tells of."""
        answered = {CATEGORY_CLASS[self.category]} if self.category else set()
        return frozenset({self.data_class, *answered} | ({self.recognition_class} if self.recognition_class else set()))


@dataclass(frozen=True, slots=True)
class PlanFact:
    """A plan as it is kept."""

    state: str
    starts_on: date
    ends_on: date | None
    summary: str | None
    needs: tuple[NeedFact, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """What is done: `title` in the school's words, or nothing where these do not suit a family."""

    kind: Kind
    title: str | None
    times: Decimal
    per: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim with what is done for it."""

    area: Area
    statement: str | None
    due_on: date
    doing: tuple[Doing, ...]
    data_class: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a family hears of the plan in force."""

    starts_on: date
    ends_on: date | None
    letter: str | None  # the school's words to the family
    aims: tuple[Aim, ...]
    is_talk_offered: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A record of support as far as it matters here."""

    kind: str
    data_class: str
    attendance: str
    is_voided: bool
    is_withheld: bool
    need: NeedFact | None  # of the measure that it serves


def fit(text: str | None) -> str | None:
    """A text, or nothing where it holds a word that no family should read about its child."""
    if not text or not text.strip() or labels_in(text) or any(word in text for word in _MORE):
        return None
    return text.strip()


def is_told(need: NeedFact, *, is_protected: bool) -> bool:
    """Whether a part of a plan may be told; `is_protected`: something of class protection is known about the child."""
    if need.is_withheld or need.dimension not in AREAS or not need.classes <= TOLD:
        return False
    # What concerns the family and answers no recognition may follow from what protects the child: nobody can tell from the row.
    return not (is_protected and "family" in need.classes and need.recognition_class is None)


def summary_of(plan: PlanFact, *, is_protected: bool) -> Summary | None:
    """The summary of an approved plan; nothing for any other, and where nothing of it may be told."""
    if plan.state != "approved":
        return None
    told = [need for need in plan.needs if is_told(need, is_protected=is_protected)]
    offered = not is_protected and any(_is_of_mind(need) for need in plan.needs)
    aims = tuple(aim for need in told for aim in _aims(need))
    if not aims and not offered:
        return None
    # A letter speaks of the whole plan: it goes out only where all of it may.
    letter = fit(plan.summary) if len(told) == len(plan.needs) and not is_protected else None
    return Summary(plan.starts_on, plan.ends_on, letter, aims, offered)


def is_record_told(record: Record, *, is_protected: bool) -> bool:
    """Whether that something was done, on which day and of which kind, may be told."""
    kind = KIND_OF.get(record.kind)
    if kind is None or record.data_class not in TOLD or record.is_voided or record.is_withheld or record.attendance not in _CAME:
        return False
    if record.need is not None and not is_told(record.need, is_protected=is_protected):
        return False
    return not is_protected or record.data_class == "academic" or kind in WITH_FAMILY


def _is_of_mind(need: NeedFact) -> bool:
    return not need.is_withheld and need.dimension == "psychological" and need.classes <= TOLD | {"wellbeing"}


def _aims(need: NeedFact) -> Iterable[Aim]:
    for goal in need.goals:
        doing = tuple(Doing(KIND_OF[m.kind], fit(m.title), m.times, m.per, m.minutes) for m in goal.measures if m.kind in KIND_OF)
        statement = fit(goal.statement)
        if statement or doing:
            yield Aim(AREAS[need.dimension], statement, goal.due_on, doing, need.data_class)
