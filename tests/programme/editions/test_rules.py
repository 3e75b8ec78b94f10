"""Editions without a database: how one begins, what differs, what it would cost to keep."""

from decimal import Decimal
from uuid import uuid4

import pytest

from nuanyang.programme.clauses import all_kinds, clauses, templates
from nuanyang.programme.clauses.template import DOERS, OWNERS, records
from nuanyang.programme.editions.rules.comparing import FieldChange, changes
from nuanyang.programme.editions.rules.content import carried, clause_errors, form_errors, from_template
from nuanyang.programme.editions.rules.kinds import kind_of, next_own_id
from nuanyang.programme.editions.rules.loading import Asked, Share, Work, balances, loads, uncovered

SEPTEMBER, JANUARY = templates()["september"], templates()["january"]
VALUES = {c.id: from_template(c, SEPTEMBER, n) for n, c in enumerate(clauses())}


@pytest.mark.parametrize("template", [SEPTEMBER, JANUARY], ids=lambda t: t.name)
@pytest.mark.parametrize("clause", clauses(), ids=lambda c: c.id)
def test_every_clause_of_a_template_could_be_saved_as_it_is(clause, template):
    values = from_template(clause, template, 1)
    assert list(clause_errors(values, [], [p.id for p in template.phases])) == []
    assert clause.owner in OWNERS and set(clause.doers) <= DOERS.keys()
    assert set(clause.evidence) <= {k.code for k in all_kinds()} | records().keys()
    if clause.part == "G":
        assert clause.target is not None
    elif clause.part != "C":
        assert clause.cadence is not None and clause.doers


def test_what_has_no_records_yet_is_said_so_and_is_never_what_cannot_be_met():
    unrecorded = {c.id for c in clauses() if not c.is_recorded}
    assert {"P1.2", "L1.2", "I2.1", "M1.1", "M3.2", "M4.3"} <= unrecorded
    assert {"A1.3", "A2.2", "S1.2", "L1.1", "I1.1", "I1.2"}.isdisjoint(unrecorded)


def test_the_phases_of_both_templates_fall_where_the_programme_says():
    assert [SEPTEMBER.months_of((p,)) for p in ("launch", "summer")] == [(9, 10), (7, 8)]
    assert [JANUARY.months_of((p,)) for p in ("launch", "foundation", "summer", "social", "show")] == [
        (1, 2),
        (3, 4, 5),
        (6, 7, 8),
        (9, 10, 11),
        (12,),
    ]
    assert JANUARY.months_of(("delivery",)) == tuple(range(3, 12))
    assert len(SEPTEMBER.months_of(("delivery",))) == 9
    for template in (SEPTEMBER, JANUARY):
        assert {m for p in template.phases for m in p.months} == set(range(1, 13))


def test_a_clause_is_carried_forward_whole_and_what_worked_becomes_standing():
    before = VALUES["A1.3"] | {"times": 3}
    same = carried(before, standing=frozenset(), template=None)
    assert changes([before], [same]) == []
    assert carried(before, standing=frozenset({"A1.3"}), template=None)["is_standing"]
    assert carried(same | {"is_standing": True}, standing=frozenset(), template=None)["is_standing"]
    assert carried(VALUES["I1.1"], standing=frozenset(), template=JANUARY)["months"] == [1, 2]
    assert carried(VALUES["A1.3"], standing=frozenset(), template=JANUARY)["months"] == []


def test_two_editions_differ_field_by_field():
    before = [VALUES["A1.3"], VALUES["G1.3"] | {"target_number": Decimal("80.0")}, VALUES["P2.1"]]
    after = [VALUES["A1.3"] | {"times": 3, "hours": None, "form": ""}, VALUES["G1.3"], VALUES["M1.1"]]
    found = changes(before, after)
    assert [(c.clause, c.kind) for c in found] == [("A1.3", "changed"), ("M1.1", "added"), ("P2.1", "removed")]
    assert found[0].fields == (FieldChange("times", 2, 3),)
    assert FieldChange("owner", None, "principal") in found[1].fields and FieldChange("per", "term", None) in found[2].fields


def asked(clause: str = "X", **more: object) -> Asked:
    plain = {"subject": "student", "per": "week", "times": 1, "runs_on": "whole_year", "months": (), "phases": 0, "minutes": 10}
    return Asked(clause=clause, **(plain | {"first_doer": None} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "weekly"),
    [
        ({"per": "day", "runs_on": "school_days"}, 5),
        ({"per": "day", "runs_on": "calendar_days"}, 7),
        ({"per": "week", "times": 2}, 2),
        ({"per": "month"}, 12 / 52),
        ({"per": "term", "times": 4}, 4 / 20),
        ({"per": "quarter"}, 1 / 13),
        ({"per": "year"}, 1 / 52),
        ({"per": "once", "months": (9, 10)}, 1 / (2 * 52 / 12)),
        ({"per": "once"}, 1 / 52),
        ({"per": "phase", "phases": 3}, 3 / 52),
        ({"per": "clock"}, 0),
    ],
)
def test_how_often_a_week_a_cadence_asks(more, weekly):
    assert asked(**more).weekly() == pytest.approx(weekly)


def test_a_persons_load_is_that_of_the_heaviest_month_and_warns_above_ninety_minutes():
    mine, other = uuid4(), uuid4()
    every = {
        "census": asked("census", per="once", months=(9, 10), minutes=26),
        "daily": asked("daily", per="day", runs_on="school_days", minutes=5),
        "meeting": asked("meeting", per="week", months=(11,), minutes=7),
    }
    shares = [
        Share("census", mine, "陈静", 10),
        Share("daily", mine, "陈静", 3),
        Share("meeting", mine, "陈静", 1),
        Share("daily", other, "李宁", 4),
    ]
    first, second = loads(shares, every, 9)
    assert (first.staff_id, first.minutes, first.month, first.is_too_much) == (mine, 105, 9, True)
    assert first.parts == (("daily", 75), ("census", 30))
    assert (second.minutes, second.is_too_much) == (100, True)
    exactly = loads([Share("daily", mine, "陈静", 3.6)], every, 9)[0]
    assert (exactly.minutes, exactly.is_too_much) == (90, False)


def test_what_is_asked_for_beside_what_there_is():
    every = {
        "A1.3": asked("A1.3", subject="group", times=2, minutes=40, first_doer="subject_teacher"),
        "P2.1": asked("P2.1", subject="school", per="term", times=4, minutes=60, first_doer="counsellor"),
        "S3.3": asked("S3.3", subject="pair", times=2, minutes=60, first_doer="volunteer"),
    }
    works = [Work("A1.3", 6, 0), Work("P2.1", 1, 1), Work("S3.3", 8, 8)]
    tutors, volunteers, counsellors = balances(works, every, {"tutor_hours": 8, "volunteers": 7, "counsellor_hours": None}, 9)
    assert (tutors.needed, tutors.is_short) == (8, False)
    assert (volunteers.needed, volunteers.is_short) == (8, True)
    assert (counsellors.needed, counsellors.available, counsellors.is_short) == (0.2, None, False)
    assert uncovered(works, every) == [("P2.1", 12)]  # pairs wait for volunteers, who are told above


def test_an_own_measure_is_a_kind_of_the_class_of_its_dimension():
    field = {"name": "x", "zh": "做了什么", "en": None, "type": "choice", "is_required": True, "least": None, "most": None}
    field["choices"] = [{"value": "a", "zh": "甲", "en": None}]
    values = VALUES["P2.1"] | {"clause": "PX.2", "per": "quarter", "times": 1, "form": "记录表", "fields": [field], "en": ""}
    kind = kind_of(values)
    assert (kind.code, kind.data_class, kind.dose.per, kind.dose.times, kind.en) == (
        "PX.2.own",
        "wellbeing",
        "term",
        2,
        VALUES["P2.1"]["zh"],
    )
    assert kind.fields[0].choices[0].en == "甲"
    assert not kind.fits_every_need


def test_own_ids_never_come_again():
    assert next_own_id("A", []) == "AX.1"
    assert next_own_id("A", ["AX.1", "AX.9", "PX.12"]) == "AX.10"


def test_a_form_that_cannot_be_filled_in_is_refused():
    plain = {"name": "a", "zh": "甲", "en": None, "type": "number", "is_required": False, "choices": [], "least": 5, "most": 3}
    assert [e.code for e in form_errors([plain])] == ["bounds"]
    assert [e.code for e in form_errors([plain | {"most": None}, plain | {"type": "line", "least": None, "most": None}])] == [
        "twice",
        "twice",
    ]
