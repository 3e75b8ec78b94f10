"""Applying the rules: quickly for all, with every reason for one."""

from dataclasses import dataclass
from typing import Any

from nuanyang.casework.recognition.rules.catalogue import RULES, VERSION, Condition, Rule
from nuanyang.casework.recognition.rules.facts import Facts
from nuanyang.casework.recognition.rules.thresholds import Thresholds

# A rule this near to holding is shown as a near miss.
NEAR = 0.5


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


def propose(facts: Facts, thresholds: Thresholds) -> dict[str, str]:
    """Category → support level, for one student. `key` wins over `general`. This runs for every student of a school: no allocation without need."""
    proposed: dict[str, str] = {}
    for rule in RULES:
        if proposed.get(rule.category) == "key":
            continue
        for condition in rule.conditions:
            if not condition.holds(facts, thresholds):
                break
        else:
            if rule.support_level == "key" or rule.category not in proposed:
                proposed[rule.category] = rule.support_level
    return proposed


def assess(facts: Facts, thresholds: Thresholds) -> Assessment:
    """Every rule with every condition, for the page that explains."""
    return Assessment(VERSION, propose(facts, thresholds), [_shown(rule, facts, thresholds) for rule in RULES])


def explain(facts: Facts, thresholds: Thresholds, category: str) -> dict[str, Any]:
    """What a stored proposal keeps: the rules of its category that held, their facts and thresholds, and what was missing for a higher level.

    Positions in class are kept as "so many exams running in the lowest part", never as a rank.
    """
    rules = [_shown(rule, facts, thresholds) for rule in RULES if rule.category == category]
    return {
        "rules_version": VERSION,
        "held": [_plain(r) for r in rules if r.holds],
        "missing": [_plain(r) for r in rules if not r.holds and r.nearness >= NEAR],
    }


def _plain(rule: RuleShown) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in _RULE_FIELDS} | {
        "conditions": [{n: getattr(c, n) for n in _CONDITION_FIELDS} for c in rule.conditions]
    }


_CONDITION_FIELDS = ("code", "zh", "en", "holds", "actual", "wanted", "nearness", "evidence_ids")
_RULE_FIELDS = ("id", "category", "support_level", "zh", "en", "holds", "nearness")


def _shown(rule: Rule, facts: Facts, thresholds: Thresholds) -> RuleShown:
    conditions = [_condition(c, facts, thresholds) for c in rule.conditions]
    nearness = sum(c.nearness for c in conditions) / len(conditions)
    holds = all(c.holds for c in conditions)
    return RuleShown(
        rule.id, rule.category, rule.support_level, rule.zh, rule.en, holds, 1.0 if holds else round(min(nearness, 0.99), 2), conditions
    )


def _condition(condition: Condition, facts: Facts, thresholds: Thresholds) -> ConditionShown:
    actual, wanted, nearness = condition.seen(facts, thresholds)
    ids = [str(e.id) for e in facts.about(condition.kinds)] if condition.kinds else []
    holds = condition.holds(facts, thresholds)
    return ConditionShown(
        condition.code, condition.zh, condition.en, holds, actual, wanted, 1.0 if holds else round(min(nearness, 0.99), 2), ids
    )
