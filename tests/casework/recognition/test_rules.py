"""The proposing rules, without a database."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanyang.casework.recognition.rules import (
    DEFAULTS,
    EvidenceFact,
    ExamFact,
    Facts,
    Thresholds,
    assess,
    by_category,
    decided_state,
    explain,
    is_lapsed,
    propose,
    read_thresholds,
    rules_of,
)
from nuanyang.casework.recognition.rules.catalogue import RULES
from nuanyang.kit.errors import Invalid
from nuanyang.kit.ids import NIL, new_id

ALL = frozenset({"economic", "academic", "health", "wellbeing", "family", "protection"})


def facts(*kinds: str, exams: tuple[tuple[float, float], ...] = (), source: str = "nomination", **more: Any) -> Facts:
    evidence = tuple(EvidenceFact(kind, source, date(2026, 10, 9), new_id()) for kind in kinds)
    given_facts = {"student_id": NIL, "class_id": None, "grade": 7, "sex": "male"} | more
    return Facts(**given_facts, exams=tuple(ExamFact(p, s) for p, s in exams), evidence=evidence, kinds=frozenset(kinds))


LOW = (0.1, 0.5)


@pytest.mark.parametrize(
    ("given_facts", "proposed"),
    [
        (facts(), {}),
        (facts("minimum_living_allowance"), {"economic": "key"}),
        (facts(roster_groups=frozenset({"orphan"})), {"economic": "key"}),
        (facts("low_income_family", income_per_head=79_999), {"economic": "key"}),
        (facts("low_income_family", income_per_head=80_000), {"economic": "general"}),
        (facts("low_income_family", income_per_head=120_000), {}),
        (facts(exams=(LOW, LOW, LOW)), {}),  # rank alone is not enough
        (facts("weak_method", exams=(LOW, LOW, LOW)), {"academic": "key"}),
        (facts("weak_method", exams=(LOW, LOW)), {}),  # two exams are not three
        (facts("weak_method", exams=(LOW, (0.21, 0.5), LOW, LOW)), {}),  # not running
        (facts(exams=(LOW, LOW, LOW), truancy=3.0), {"academic": "key"}),
        (facts("weak_foundation", exams=((0.6, 0.3), (0.6, 0.35))), {"academic": "general"}),  # whatever the rank
        (facts("weak_method", exams=(LOW, LOW, LOW), grade=2), {}),  # no paper exams in grade 2
        (facts("learning_observation", grade=2), {"academic": "general"}),
        (facts("learning_observation", grade=3), {}),
        (facts(has_disability=True), {"health": "key"}),
        (facts("chronic_illness"), {"health": "general"}),
        (facts("left_behind", "single_parent_family", "raised_by_grandparents", lives_apart=True), {}),  # family form alone never
        (facts("left_behind", "lack_of_companionship"), {"family": "general"}),
        (facts("lack_of_companionship"), {}),
        (facts("bullied"), {"protection": "key"}),
        (facts("bullied", "family_conflict"), {"protection": "key", "family": "general"}),  # two matters, each for whom it concerns
        (facts("long_anxiety", "chronic_illness"), {"wellbeing": "key", "health": "general"}),
        (facts("emotional_behavioural"), {"health": "key"}),
        (facts("weak_foundation", grade=1), {"academic": "general"}),
        (facts("weak_foundation", grade=1, source="self_report"), {}),  # only what a teacher saw
        (facts("weak_foundation", source="self_report", exams=((0.6, 0.3), (0.6, 0.35))), {"academic": "general"}),
        (facts("bullied", "minimum_living_allowance", "disability"), {"economic": "key", "health": "key", "protection": "key"}),
    ],
)
def test_what_the_rules_propose(given_facts: Facts, proposed: dict[str, str]) -> None:
    assert propose(given_facts, DEFAULTS) == proposed


def test_an_explanation_names_rule_facts_threshold_and_what_is_missing() -> None:
    found = assess(facts(exams=(LOW, LOW, LOW)), DEFAULTS, ALL)
    near = {r.id: r for r in found.near_misses}
    rule = near["C2.lowest_and_method"]
    held, missing = rule.conditions
    assert (held.code, held.holds, held.actual, held.wanted) == ("lowest_band_running", True, 3, 3)
    assert (missing.code, missing.holds, missing.actual) == ("method_or_motivation", False, [])


def test_a_stored_explanation_links_its_evidence_and_tells_no_rank() -> None:
    given_facts = facts("weak_method", exams=((0.0213, 0.5), (0.0417, 0.6), (0.1, 0.5)))
    stored = explain(given_facts, DEFAULTS, "academic")
    assert [r["id"] for r in stored["held"]] == ["C2.lowest_and_method"]
    assert str(given_facts.evidence[0].id) in stored["held"][0]["conditions"][1]["evidence_ids"]
    assert "0.0213" not in str(stored) and "0.0417" not in str(stored)


def test_thresholds_out_of_range_are_refused_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        read_thresholds({"lowest_share": 0.9, "exams_running": 2.5, "nonsense": 1, "income_line": True})
    assert {e.pointer for e in refused.value.errors} == {
        f"#/thresholds/{n}" for n in ("lowest_share", "exams_running", "nonsense", "income_line")
    }


def test_every_rule_has_a_clause_a_level_and_texts() -> None:
    for rule in RULES:
        assert (
            rule.id.startswith(rule.category + ".") and rule.support_level in ("key", "general") and rule.zh and rule.en and rule.conditions
        )


some_facts = st.builds(
    Facts,
    student_id=st.just(NIL),
    class_id=st.none(),
    grade=st.integers(1, 12),
    sex=st.sampled_from(["male", "female"]),
    exams=st.lists(st.builds(ExamFact, st.floats(0.01, 1), st.floats(0, 1)), max_size=5).map(tuple),
    truancy=st.floats(0, 30),
    kinds=st.frozensets(st.sampled_from(sorted({k for r in RULES for c in r.conditions for k in c.kinds})), max_size=6),
    income_per_head=st.none() | st.integers(0, 300_000),
    has_disability=st.booleans(),
    lives_apart=st.booleans(),
)


@given(some_facts)
def test_the_quick_pass_and_the_explanation_agree(given_facts: Facts) -> None:
    assert {r.data_class for r in assess(given_facts, DEFAULTS, ALL).rules if r.holds} == set(propose(given_facts, DEFAULTS))


@given(some_facts, st.frozensets(st.sampled_from(sorted(ALL))))
def test_whoever_holds_some_classes_hears_of_these_rules_only(given_facts: Facts, classes: frozenset[str]) -> None:
    found = assess(given_facts, DEFAULTS, classes)
    assert {r.data_class for r in found.rules} <= classes
    told = propose(given_facts, DEFAULTS, rules_of(classes))
    assert told == {c: level for c, level in propose(given_facts, DEFAULTS).items() if c in classes}
    assert set(found.proposed) == set(by_category(told))


@given(some_facts, st.floats(0.05, 0.5), st.floats(0.05, 0.5))
def test_a_wider_threshold_never_loses_anyone(given_facts: Facts, one: float, other: float) -> None:
    narrow, wide = Thresholds(lowest_share=min(one, other)), Thresholds(lowest_share=max(one, other))
    assert set(propose(given_facts, narrow)) <= set(propose(given_facts, wide))


@given(some_facts)
def test_family_form_changes_nothing_without_a_reason_beside_it(given_facts: Facts) -> None:
    reasons = {"lack_of_companionship"}
    if reasons & given_facts.kinds:
        return
    with_form = Facts(**{name: getattr(given_facts, name) for name in Facts.__slots__} | {"lives_apart": True})
    assert propose(given_facts, DEFAULTS) == propose(with_form, DEFAULTS)


@pytest.mark.parametrize(
    ("state", "outcome", "after"),
    [
        ("class_review", "agree", "grade_review"),
        ("grade_review", "agree", "school_review"),
        ("school_review", "agree", "recognised"),
        ("class_review", "decline", "declined"),
        ("school_review", "return", "class_review"),
        ("class_review", "return", None),
        ("recognised", "agree", None),
        ("declined", "agree", None),
    ],
)
def test_where_a_decision_leads(state: str, outcome: str, after: str | None) -> None:
    assert decided_state(state, outcome) == after


def test_what_began_at_the_school_has_no_class_to_go_back_to() -> None:
    assert decided_state("school_review", "return", at_school_only=True) is None
    assert decided_state("school_review", "agree", at_school_only=True) == "recognised"


def test_a_recognition_holds_to_the_last_day_of_its_year() -> None:
    assert (
        not is_lapsed(date(2026, 8, 31), date(2026, 8, 31))
        and is_lapsed(date(2026, 8, 31), date(2026, 9, 1))
        and not is_lapsed(None, date.max)
    )
