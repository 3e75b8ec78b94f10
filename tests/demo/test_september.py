"""The September package: what is in the files is what the list of happenings says."""

import json

import pytest

from nuanyang.demo.september import September, build_september


@pytest.fixture(scope="module")
def september() -> September:
    return build_september()


def test_everybody_of_either_year_has_one_happening(september):
    told = {one.previous_key or one.key for one in september.happenings}
    known = {pupil.key for pupil in september.before.pupils} | {
        pupil.key for pupil in september.after.pupils if not any(one.key == pupil.key and one.previous_key for one in september.happenings)
    }
    assert told == known
    assert len(september.happenings) == len(told)


def test_every_kind_of_happening_and_change_is_there(september):
    kinds = {one.kind for one in september.happenings}
    assert kinds == {
        *("promoted", "placed", "merged_class", "repeated", "graduated", "entered", "transferred_in", "transferred_out"),
        *("suspended", "returned", "whereabouts_unverified"),
    }
    changes = {change for one in september.happenings for change in one.changes}
    assert changes == {"L_to_G", "J_to_G", "identity_corrected", "name_corrected", "rekeyed"}


def test_graduates_and_the_missing_are_not_in_this_years_file(september):
    present = {pupil.key for pupil in september.after.pupils}
    gone = {one.key for kind in ("graduated", "whereabouts_unverified") for one in september.of_kind(kind)}
    assert not gone & present
    assert len(september.of_kind("graduated")) == 12
    missing = {one.key for one in september.of_kind("whereabouts_unverified")}
    assert all(pupil.grade < 9 for pupil in september.before.pupils if pupil.key in missing)


def test_without_the_graduates_few_are_missing(september):
    present = {pupil.key for pupil in september.after.pupils}
    stayed = [pupil for pupil in september.before.pupils if pupil.grade < 9]
    assert sum(pupil.key not in present for pupil in stayed) / len(stayed) < 0.1


def test_classes_move_as_told(september):
    before = {pupil.key: september.before.class_by_key.get(pupil.class_key) for pupil in september.before.pupils}
    after = {pupil.key: september.after.class_by_key[pupil.class_key] for pupil in september.after.pupils}
    for one in september.of_kind("promoted"):
        was, now = before[one.previous_key or one.key], after[one.key]
        assert was is not None
        assert now.grade == was.grade + 1
    assert {after[one.key].title for one in september.of_kind("merged_class")} == {"四(1)班"}
    assert {before[one.key].title for one in september.of_kind("merged_class")} == {"三(1)班", "三(2)班"}
    assert {after[one.key].title for one in september.of_kind("placed")} == {"七(1)班", "七(2)班"}
    assert [after[one.key].grade for one in september.of_kind("repeated")] == [5]


def test_who_is_on_leave_or_gone_sits_in_no_class(september):
    enrolled = {one.pupil_key for one in september.after.enrolments}
    status = {pupil.key: pupil.status for pupil in september.after.pupils}
    for kind, word in (("suspended", "休学"), ("transferred_out", "转出")):
        for one in september.of_kind(kind):
            assert status[one.key] == word
            assert one.key not in enrolled
    assert {status[one.key] for one in september.of_kind("returned")} == {"在读"}


def test_numbers_and_names_change_as_told(september):
    before = {pupil.key: pupil for pupil in september.before.pupils}
    after = {pupil.key: pupil for pupil in september.after.pupils}

    def pair(change):
        (one,) = september.changed(change)
        return before[one.previous_key or one.key], after[one.key]

    for change, letter in (("L_to_G", "L"), ("J_to_G", "J")):
        old, new = pair(change)
        assert (old.registration_number[0], new.registration_number[0]) == (letter, "G")
        assert (old.identity_number, bool(new.identity_number)) == ("", True)
    old, new = pair("identity_corrected")
    assert old.identity_number != new.identity_number
    assert old.registration_number == new.registration_number
    old, new = pair("name_corrected")
    assert new.previous_name == old.name.full != new.name.full
    old, new = pair("rekeyed")
    assert (old.identity_number, old.name) == (new.identity_number, new.name)
    assert old.key != new.key


def test_namesakes_of_one_day_meet_in_the_merged_class(september):
    same = [pupil for pupil in september.after.pupils if pupil.name.full == "张子涵" and pupil.grade == 4]
    assert len(same) == 2
    assert same[0].born_on == same[1].born_on
    assert same[0].identity_number != same[1].identity_number


def test_twins_came_last_year_and_this(september):
    twins = {pupil.name.full for pupil in september.after.pupils if pupil.twin_key}
    assert len(twins) == 4


def test_the_files_and_the_list_are_written(september, tmp_path):
    paths = september.write(tmp_path)
    assert all(path.stat().st_size > 1000 for path in paths.values())
    told = json.loads(paths["happenings"].read_text(encoding="utf-8"))
    assert len(told) == len(september.happenings)
    assert paths["package_after"].read_bytes() == build_september().write(tmp_path / "again")["package_after"].read_bytes()
