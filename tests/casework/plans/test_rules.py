"""The rules of plans, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanyang.casework.plans.repository.library import shipped
from nuanyang.casework.plans.rules import (
    MOVES,
    GoalContent,
    MeasureContent,
    NeedContent,
    PlanContent,
    Setting,
    class_of_need,
    compare,
    draft,
    family_summary,
    gaps,
    labels_in,
    next_review_on,
    next_version,
    planned_dose,
    state_after,
)
from nuanyang.programme.clauses import all_kinds

START, END = date(2026, 9, 1), date(2027, 1, 31)
STAFF = uuid4()


def measure(**more):
    base = {
        "lineage": "m",
        "kind": "A1.3.small_group_tutoring",
        "title": "数学小组辅导",
        "times": Decimal(2),
        "per": "week",
        "minutes": 40,
        "starts_on": START,
        "ends_on": END,
        "doer_note": "数学教师",
    }
    return MeasureContent(**(base | more))


def goal(*measures, **more):
    base = {"lineage": "g", "statement": "数学提升一个等级", "indicator": "期末等级", "baseline": "D", "target": "C", "due_on": END}
    return GoalContent(**(base | {"measures": measures or (measure(),)} | more))


def need(*goals, **more):
    return NeedContent(
        **({"lineage": "n", "dimension": "academic", "statement": "基础薄弱", "category": "C2", "goals": goals or (goal(),)} | more)
    )


def plan(*needs, **more):
    return PlanContent(
        **(
            {
                "support_level": "key",
                "starts_on": START,
                "ends_on": END,
                "next_review_on": date(2026, 11, 1),
                "reviewer_staff_id": STAFF,
                "needs": needs or (need(),),
            }
            | more
        )
    )


C2 = [("C2", "academic")]


def test_a_whole_plan_has_no_gap():
    assert gaps(plan(), C2) == []


@pytest.mark.parametrize(
    ("broken", "code", "pointer"),
    [
        (plan(ends_on=None), "no_end", "/ends_on"),
        (plan(next_review_on=None), "no_review", "/next_review_on"),
        (plan(next_review_on=END + timedelta(days=1)), "review_outside", "/next_review_on"),
        (plan(reviewer_staff_id=None), "no_reviewer", "/reviewer_staff_id"),
        (plan(summary="孩子家里贫困，学校会多帮忙"), "summary_labels", "/summary"),
        (plan(need(category=None)), "category_unanswered", "/needs"),
        (plan(replace(need(), goals=())), "no_goals", "/needs/0/goals"),
        (plan(need(replace(goal(), measures=()))), "no_measures", "/needs/0/goals/0/measures"),
        (plan(need(goal(indicator=" "))), "blank", "/needs/0/goals/0/indicator"),
        (plan(need(goal(baseline="待填"))), "blank", "/needs/0/goals/0/baseline"),
        (plan(need(goal(target="D"))), "nothing_changes", "/needs/0/goals/0/target"),
        (plan(need(goal(due_on=END + timedelta(days=1)))), "due_outside", "/needs/0/goals/0/due_on"),
        (plan(need(goal(measure(doer_note=None)))), "no_doer", "/needs/0/goals/0/measures/0/doer_staff_id"),
        (plan(need(goal(measure(starts_on=START - timedelta(days=1))))), "outside", "/needs/0/goals/0/measures/0/starts_on"),
        (plan(need(goal(measure(kind="A9.9.none")))), "unknown_kind", "/needs/0/goals/0/measures/0/kind"),
        (plan(need(goal(measure(kind="P1.1.counselling")))), "other_dimension", "/needs/0/goals/0/measures/0/kind"),
    ],
)
def test_each_kind_of_gap_is_found_where_it_is(broken, code, pointer):
    assert [(g.code, g.pointer) for g in gaps(broken, C2)] == [(code, pointer)]


def test_a_plan_without_needs_answers_nobody():
    assert [g.code for g in gaps(replace(plan(), needs=()), C2)] == ["no_needs", "category_unanswered"]


def test_a_gap_carries_the_class_of_its_need():
    broken = plan(need(), need(goal(target=""), lineage="n2", dimension="psychological", category=None))
    kinds = {g.code: g.data_class for g in gaps(broken, C2)}
    assert kinds["blank"] == "wellbeing"


@pytest.mark.parametrize(
    ("dimension", "category", "data_class"),
    [
        ("academic", "C2", "academic"),
        ("living", "C1", "economic"),
        ("living", "C4", "family"),
        ("psychological", "C2", "wellbeing"),
        ("living", "C3", "health"),
        ("social", None, "family"),
    ],
)
def test_a_need_has_the_class_of_what_it_is_about(dimension, category, data_class):
    assert class_of_need(dimension, category) == data_class


@pytest.mark.parametrize("template", shipped().values(), ids=shipped().keys())
def test_a_shipped_template_makes_a_complete_plan(template):
    setting = Setting(template.support_level, START, END, {template.category: uuid4()}, {"班主任": STAFF}, STAFF)
    made = draft(template, setting)
    assert gaps(made, [(template.category, "x")]) == []
    assert any(m.doer_staff_id == STAFF or m.doer_note for n in made.needs for g in n.goals for m in g.measures)
    summary = family_summary(made)
    assert labels_in(summary) == []
    assert compare(made, made) == []


def test_the_library_has_several_templates_of_each_category():
    by = {}
    for t in shipped().values():
        by.setdefault((t.category, t.support_level), []).append(t)
    assert set(by) == {(c, level) for c in ("C1", "C2", "C3", "C4") for level in ("key", "general")}
    assert len(shipped()) >= 13


def test_labels_are_found_and_plain_words_pass():
    assert labels_in("低保家庭、差生、C2") == ["低保", "差生", "C2"]
    assert labels_in("每周两次小组辅导，陪孩子一起进步") == []
    assert "心理" not in family_summary(plan(need(lineage="p", dimension="psychological", category=None)))


def test_only_the_moves_of_the_course_are_allowed():
    assert state_after("draft", "submit") == "submitted"
    assert state_after("approved", "submit") is None
    assert {v for v in MOVES if state_after("approved", v)} == {"supersede", "close"}
    assert {v for v in MOVES if state_after("closed", v)} == set()


def test_the_next_review_is_sooner_for_those_who_need_more_and_never_past_the_end():
    assert next_review_on("key", START, None) < next_review_on("general", START, None)
    assert next_review_on("general", END - timedelta(days=3), END) == END


def test_a_comparison_names_what_was_added_removed_and_changed_by_dimension():
    before = plan(need(goal(measure(), measure(lineage="m2", title="同伴辅导"))))
    after = plan(need(goal(measure(times=Decimal("3.0")), measure(lineage="m3", title="课堂观察"))), support_level="general")
    changes = {(c.part, c.kind, c.label): c for c in compare(before, after)}
    assert set(changes) == {
        ("plan", "changed", ""),
        ("measure", "changed", "数学小组辅导"),
        ("measure", "added", "课堂观察"),
        ("measure", "removed", "同伴辅导"),
    }
    (field,) = changes["measure", "changed", "数学小组辅导"].fields
    assert (field.name, field.before, field.after) == ("times", "2", "3")
    assert changes["measure", "added", "课堂观察"].dimension == "academic"


def test_a_step_up_raises_usual_doses_and_leaves_chosen_ones():
    usual = measure(times=Decimal(1), minutes=40)
    chosen = measure(lineage="m2", times=Decimal(1), minutes=25)
    before = plan(need(goal(usual, chosen, achieved="partly")), support_level="general")
    after = next_version(before, level="key", starts_on=START + timedelta(days=60), ends_on=END, review_on=END)
    first, second = after.needs[0].goals[0].measures
    assert (first.times, second.times) == (2, 1)
    assert after.needs[0].goals[0].achieved is None and first.starts_on == START + timedelta(days=60)
    assert first.lineage == usual.lineage and first.id is None


@pytest.mark.parametrize(
    ("per", "times", "expected"),
    [("week", 2, 2 * 4), ("day", 1, 20), ("month", 1, 28 / 30.4375), ("once", 1, 1), ("term", 4, 4 * 28 / 140)],
)
def test_a_dose_counts_pro_rata(per, times, expected):
    m = measure(per=per, times=Decimal(times), starts_on=START, ends_on=None)
    assert float(planned_dose(m, START, START + timedelta(days=27))) == pytest.approx(expected)


def test_holidays_do_not_count_where_terms_are_known():
    terms = [(date(2026, 9, 1), date(2027, 1, 20)), (date(2027, 2, 20), date(2027, 7, 5))]
    m = measure(ends_on=date(2027, 7, 31))
    assert planned_dose(m, date(2027, 1, 14), date(2027, 2, 26), terms) == 2 * Decimal(14) / 7
    camp = measure(per="week", times=Decimal(5), starts_on=date(2027, 7, 10), ends_on=date(2027, 7, 23))
    assert planned_dose(camp, START, date(2027, 8, 31), terms) == 10


days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(days, days, days, st.sampled_from(["day", "week", "month", "term"]))
def test_doses_of_two_adjoining_spans_add_up(a, b, c, per):
    a, b, c = sorted((a, b, c))
    m = measure(per=per, starts_on=START, ends_on=END)
    whole = planned_dose(m, a, c)
    parts = planned_dose(m, a, b) + planned_dose(m, b + timedelta(days=1), c)
    assert float(whole) == pytest.approx(float(parts))


texts = st.sampled_from(["", "A", "待填", "每周两次"])
kinds = st.sampled_from([k.code for k in all_kinds()] + ["X1.1.none"])
measures = st.builds(
    measure,
    lineage=st.uuids().map(str),
    kind=kinds,
    starts_on=days,
    ends_on=st.one_of(st.none(), days),
    doer_note=st.sampled_from([None, "教师"]),
)
goals = st.builds(
    lambda ms, **k: replace(goal(**k), measures=tuple(ms)),
    st.lists(measures, max_size=3),
    lineage=st.uuids().map(str),
    indicator=texts,
    baseline=texts,
    target=texts,
    due_on=days,
)
needs = st.builds(
    lambda gs, **k: replace(need(**k), goals=tuple(gs)),
    st.lists(goals, max_size=3),
    lineage=st.uuids().map(str),
    dimension=st.sampled_from(["academic", "psychological", "living", "social"]),
    category=st.sampled_from([None, "C1", "C2", "C3", "C4"]),
)
plans = st.builds(lambda ns, **k: replace(plan(**k), needs=tuple(ns)), st.lists(needs, max_size=3), ends_on=st.one_of(st.none(), days))


@given(plans, st.sets(st.sampled_from(["C1", "C2", "C3", "C4"])))
def test_whatever_is_called_complete_really_is(p, categories):
    if gaps(p, [(c, "x") for c in categories]):
        return
    assert categories <= {n.category for n in p.needs}
    assert p.needs and all(n.goals for n in p.needs) and all(g.measures for n in p.needs for g in n.goals)
    assert all(g.indicator and g.baseline and g.target and p.starts_on <= g.due_on <= p.ends_on for n in p.needs for g in n.goals)


@given(plans, plans)
def test_a_comparison_is_empty_only_between_equals_and_mirrors(a, b):
    assert compare(a, a) == []
    there = {(c.part, c.lineage): c.kind for c in compare(a, b)}
    back = {(c.part, c.lineage): c.kind for c in compare(b, a)}
    mirror = {"added": "removed", "removed": "added", "changed": "changed"}
    assert back == {k: mirror[v] for k, v in there.items()}
    if not there:
        assert [n.lineage for n in a.needs] == [n.lineage for n in b.needs] or sorted(n.lineage for n in a.needs) == sorted(
            n.lineage for n in b.needs
        )
