"""Applying the rules: quickly for all, with every reason for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nuanyang.access.permissions import CLASS_CATEGORY
from nuanyang.casework.recognition.rules.catalogue import RULES, VERSION, Condition, Rule
from nuanyang.casework.recognition.rules.facts import Facts
from nuanyang.casework.recognition.rules.thresholds import Thresholds

# A rule this near to holding is shown as a near miss.
NEAR = 0.5
# Of fewer students a share says more about chance than about a threshold.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """One condition of an explanation."""

    code: str
    zh: str
    en: str
    holds: bool
    actual: Any
    wanted: Any
    nearness: float
    evidence_ids: list[str]


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule applied to one student."""

    id: str
    category: str
    data_class: str
    support_level: str
    zh: str
    en: str
    holds: bool
    nearness: float
    conditions: list[ConditionShown]


@dataclass(frozen=True, slots=True)
class Assessment:
    """All rules for one student: what is proposed, and what was near."""

    rules_version: str
    proposed: dict[str, str]  # category → support level
    rules: list[RuleShown]

    @property
    def near_misses(self) -> list[RuleShown]:
        """Rules of categories not proposed that were at least half way."""
        return [r for r in self.rules if not r.holds and r.nearness >= NEAR and r.category not in self.proposed]


@cache
def rules_of(classes: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that speak of these data classes only."""
    return tuple(rule for rule in RULES if rule.data_class in classes)


def propose(facts: Facts, thresholds: Thresholds, rules: Sequence[Rule] = RULES) -> dict[str, str]:
    """Data class → support level, for one student. `key` wins over `general`. This runs for every student of a school: no allocation without need."""
    proposed: dict[str, str] = {}
    for rule in rules:
        if proposed.get(rule.data_class) == "key":
            continue
        for condition in rule.conditions:
            if not condition.holds(facts, thresholds):
                break
        else:
            if rule.support_level == "key" or rule.data_class not in proposed:
                proposed[rule.data_class] = rule.support_level
    return proposed


def by_category(proposed: Mapping[str, str]) -> dict[str, str]:
    """Category → support level, of what is proposed by class."""
    found: dict[str, str] = {}
    for data_class, level in proposed.items():
        category = CLASS_CATEGORY[data_class]
        if level == "key" or category not in found:
            found[category] = level
    return found


def assess(facts: Facts, thresholds: Thresholds, classes: frozenset[str]) -> Assessment:
    """Every rule of these data classes with every condition, for the page that explains."""
    rules = rules_of(classes)
    return Assessment(VERSION, by_category(propose(facts, thresholds, rules)), [_shown(rule, facts, thresholds) for rule in rules])


def explain(facts: Facts, thresholds: Thresholds, data_class: str) -> dict[str, Any]:
    """What a stored proposal keeps: the rules of its class that held, their facts and thresholds, and what was missing for a higher level.

    Positions in class are kept as "so many exams running in the lowest part", never as a rank.
    """
    rules = [_shown(rule, facts, thresholds) for rule in RULES if rule.data_class == data_class]
    return {
        "rules_version": VERSION,
        "held": [_plain(r) for r in rules if r.holds],
        "missing": [_plain(r) for r in rules if not r.holds and r.nearness >= NEAR],
    }


def share(part: int, students: int) -> float | None:
    """A part of a group of students; None where they are too few for a share to mean something."""
    return round(part / students, 4) if students >= FEWEST else None


def _plain(rule: RuleShown) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in _RULE_FIELDS} | {
        "conditions": [{n: getattr(c, n) for n in _CONDITION_FIELDS} for c in rule.conditions]
    }


_CONDITION_FIELDS = ("code", "zh", "en", "holds", "actual", "wanted", "nearness", "evidence_ids")
_RULE_FIELDS = ("id", "category", "data_class", "support_level", "zh", "en", "holds", "nearness")


def _shown(rule: Rule, facts: Facts, thresholds: Thresholds) -> RuleShown:
    conditions = [_condition(c, facts, thresholds) for c in rule.conditions]
    nearness = sum(c.nearness for c in conditions) / len(conditions)
    holds = all(c.holds for c in conditions)
    return RuleShown(
        rule.id,
        rule.category,
        rule.data_class,
        rule.support_level,
        rule.zh,
        rule.en,
        holds,
        1.0 if holds else round(min(nearness, 0.99), 2),
        conditions,
    )


def _condition(condition: Condition, facts: Facts, thresholds: Thresholds) -> ConditionShown:
    actual, wanted, nearness = condition.seen(facts, thresholds)
    ids = [str(e.id) for e in facts.about(condition.kinds)] if condition.kinds else []
    holds = condition.holds(facts, thresholds)
    return ConditionShown(
        condition.code, condition.zh, condition.en, holds, actual, wanted, 1.0 if holds else round(min(nearness, 0.99), 2), ids
    )
