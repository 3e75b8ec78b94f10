"""Notes say what the facts say."""

from collections import Counter

from nuanyang.casework.recognition.rules import RULES
from nuanyang.demo.evidence import ability
from nuanyang.demo.nine_year import build_nine_year_school
from nuanyang.demo.notes import CATEGORY_OF, nine_year_notes, uci_notes
from nuanyang.demo.uci import build_school


def test_notes_of_the_data_set_follow_its_questionnaire():
    school, source = build_school("GP")
    notes = list(uci_notes(school, source))
    assert notes == list(uci_notes(school, source))
    for note in notes:
        student = source[note.pupil_key]
        if note.kind == "weak_foundation":
            assert student.number("failures") >= 2
        if note.kind == "low_motivation":
            assert student.attributes["higher"] == "no"
        if note.kind == "family_conflict":
            assert student.number("famrel") == 1
    assert sum(note.kind == "low_motivation" for note in notes) == sum(one.attributes["higher"] == "no" for one in source.values())


def test_notes_of_the_nine_year_school_reach_all_four_categories():
    school = build_nine_year_school()
    notes = list(nine_year_notes(school))
    pupils = {pupil.key: pupil for pupil in school.pupils}
    assert set(Counter(note.category for note in notes)) == {"C1", "C2", "C3", "C4"}
    assert {note.source for note in notes} == {"nomination", "home_visit", "self_report"}
    for note in notes:
        if note.kind == "learning_observation":
            assert pupils[note.pupil_key].grade <= 2
            assert ability(pupils[note.pupil_key]) < 0.5
        if note.source == "self_report":
            assert pupils[note.pupil_key].grade >= 4
        assert (note.income_per_head is not None) == (note.kind == "low_income_family")
    assert any(note.is_about_homeroom_teacher for note in notes)


def test_every_kind_is_one_that_the_rules_know():
    known = {kind for rule in RULES for condition in rule.conditions for kind in condition.kinds}
    assert set(CATEGORY_OF) <= known
