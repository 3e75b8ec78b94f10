"""Which parts of a plan and which records a family is told: each rule by a table, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nuanyang.casework.plans.models import PLAN_STATES
from nuanyang.oversight.family.rules import (
    KIND_OF,
    NOT_TOLD,
    WORDS,
    GoalFact,
    MeasureFact,
    NeedFact,
    PlanFact,
    Record,
    is_record_told,
    is_told,
    summary_of,
)
from nuanyang.programme.clauses.catalogue import all_kinds, measure_kind

TUTORING = MeasureFact("A1.3.small_group_tutoring", "数学小组辅导", Decimal(2), "week", 40)
COUNSELLING = MeasureFact("P1.1.counselling", "一对一辅导", Decimal(1), "week", 40)
GOAL = GoalFact("数学提高一个等级", date(2026, 12, 31), (TUTORING,))
STUDY = NeedFact("academic", "academic", "C2", "academic", goals=(GOAL,))
MIND = NeedFact("psychological", "wellbeing", goals=(GoalFact("心情平稳", date(2026, 12, 31), (COUNSELLING,)),))
PLAN = PlanFact("approved", date(2026, 9, 1), date(2027, 1, 31), "我们一起陪孩子。", (STUDY,))


def test_every_kind_of_measure_is_either_told_in_neutral_words_or_not_at_all() -> None:
    kinds = {kind.code for kind in all_kinds()}
    assert not KIND_OF.keys() & NOT_TOLD
    assert KIND_OF.keys() | NOT_TOLD == kinds
    assert set(KIND_OF.values()) == set(WORDS)
    assert not [code for code in KIND_OF if measure_kind(code).data_class in ("wellbeing", "clinical", "health", "protection")]
    assert not [code for code in KIND_OF if code.startswith("P")]


@pytest.mark.parametrize("state", [state for state in PLAN_STATES if state != "approved"])
def test_only_an_approved_plan_is_told(state: str) -> None:
    assert summary_of(PLAN, is_protected=False) is not None
    assert summary_of(replace(PLAN, state=state), is_protected=False) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"data_class": "protection"},
        {"data_class": "clinical"},
        {"data_class": "health"},
        {"data_class": "wellbeing"},
        {"data_class": "a_new_class"},
        {"category": "C3"},
        {"recognition_class": "protection"},
        {"recognition_class": "wellbeing"},
        {"is_withheld": True},
        {"dimension": "psychological"},
    ],
)
def test_a_part_is_told_only_when_all_that_it_rests_on_is(changes: dict[str, object]) -> None:
    assert is_told(STUDY, is_protected=False)
    assert not is_told(replace(STUDY, **changes), is_protected=False)  # type: ignore[arg-type]


def test_what_may_follow_from_protection_is_left_out() -> None:
    unanswered = NeedFact("social", "family", None, None, goals=(GOAL,))
    assert is_told(unanswered, is_protected=False) and not is_told(unanswered, is_protected=True)
    assert is_told(replace(unanswered, recognition_class="family"), is_protected=True)
    assert is_told(STUDY, is_protected=True)


def test_of_the_mind_a_family_hears_only_that_the_school_would_like_to_talk() -> None:
    summary = summary_of(replace(PLAN, needs=(MIND,)), is_protected=False)
    assert summary is not None and summary.is_talk_offered
    assert (summary.aims, summary.letter) == ((), None)
    assert summary_of(replace(PLAN, needs=(MIND,)), is_protected=True) is None
    for changes in ({"recognition_class": "protection"}, {"is_withheld": True}, {"category": "C3"}):
        assert summary_of(replace(PLAN, needs=(replace(MIND, **changes),)), is_protected=False) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("needs", "is_protected"), [((STUDY, MIND), False), ((STUDY,), True)])
def test_the_letter_goes_out_only_where_all_of_the_plan_may(needs: tuple[NeedFact, ...], is_protected: bool) -> None:
    whole = summary_of(PLAN, is_protected=False)
    assert whole is not None and whole.letter == PLAN.summary
    part = summary_of(replace(PLAN, needs=needs), is_protected=is_protected)
    assert part is not None and part.letter is None and part.aims


@pytest.mark.parametrize("text", ["帮扶弱势学生", "贫困家庭", "C1 类", "重点关注", "心理疏导", "防止欺凌", "建档立卡户", "低保家庭"])
def test_no_text_with_a_label_goes_out(text: str) -> None:
    goal = GoalFact(text, GOAL.due_on, (replace(TUTORING, title=text),))
    summary = summary_of(replace(PLAN, summary=text, needs=(replace(STUDY, goals=(goal,)),)), is_protected=False)
    assert summary is not None and summary.letter is None
    (aim,) = summary.aims
    assert aim.statement is None and [(one.kind, one.title) for one in aim.doing] == [("tutoring", None)]


def test_measures_of_the_mind_below_another_need_are_left_out() -> None:
    goal = GoalFact("按时完成作业", GOAL.due_on, (COUNSELLING, TUTORING))
    summary = summary_of(replace(PLAN, needs=(replace(STUDY, goals=(goal,)),)), is_protected=False)
    assert summary is not None
    assert [one.kind for one in summary.aims[0].doing] == ["tutoring"]


VISIT = Record("L1.1.home_visit", "family", "present", is_voided=False, is_withheld=False, need=None)


@pytest.mark.parametrize(
    "changes",
    [
        {"data_class": "protection"},
        {"data_class": "wellbeing"},
        {"data_class": "clinical"},
        {"data_class": "health"},
        {"kind": "P1.1.counselling"},
        {"kind": "S2.2.community_referral"},
        {"kind": "a.new.kind"},
        {"attendance": "absent"},
        {"is_voided": True},
        {"is_withheld": True},
        {"need": MIND},
        {"need": replace(STUDY, data_class="protection")},
    ],
)
def test_a_record_is_told_only_where_nothing_speaks_against_it(changes: dict[str, object]) -> None:
    assert is_record_told(VISIT, is_protected=False)
    assert not is_record_told(replace(VISIT, **changes), is_protected=False)  # type: ignore[arg-type]


def test_beside_protection_only_what_the_family_took_part_in_and_lessons_are_told() -> None:
    assert is_record_told(VISIT, is_protected=True)
    assert is_record_told(replace(VISIT, kind="A1.3.small_group_tutoring", data_class="academic"), is_protected=True)
    assert not is_record_told(replace(VISIT, kind="I2.2.talk"), is_protected=True)
