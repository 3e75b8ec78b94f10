"""The three schools: who is in them, and that the same seed makes the same ones."""

from collections import Counter
from datetime import date

import pytest

from nuanyang.demo.identity import NumberIssuer, check_character
from nuanyang.demo.names import RARE_SURNAMES, NameGiver
from nuanyang.demo.nine_year import build_nine_year_school
from nuanyang.demo.people import School
from nuanyang.demo.uci import UciStudent, build_school, grade_of, read_students


@pytest.fixture(scope="module")
def nine_year() -> School:
    return build_nine_year_school()


@pytest.fixture(scope="module")
def high_schools() -> list[School]:
    return [build_school("GP")[0], build_school("MS")[0]]


def test_the_check_character_is_that_of_the_standard():
    assert check_character("11010519491231002") == "X"


def test_citizen_numbers_say_birth_and_sex_and_never_repeat():
    numbers = NumberIssuer("990101")
    issued = [numbers.citizen(date(2012, 3, 4), sex) for sex in ("male", "female") * 50]
    assert len(set(issued)) == 100
    for sex, number in zip(("male", "female") * 50, issued, strict=True):
        assert number[:14] == "99010120120304"
        assert (int(number[16]) % 2 == 1) == (sex == "male")
        assert number[17] == check_character(number[:17])


def test_registration_numbers_have_nineteen_characters():
    numbers = NumberIssuer()
    born_on = date(2016, 9, 30)
    assert {len(numbers.temporary(born_on)) for _ in range(200)} == {19}
    assert len({numbers.temporary(born_on) for _ in range(200)}) == 200
    formal = numbers.without_citizen_number(born_on)
    assert (formal[0], len(formal)) == ("J", 19)


def test_telephone_numbers_are_of_a_prefix_nobody_uses():
    numbers = NumberIssuer()
    phones = {numbers.phone() for _ in range(1000)}
    assert len(phones) == 1000
    assert all(len(phone) == 11 and phone.startswith("154") for phone in phones)


def test_names_depend_on_the_seed_alone():
    assert [NameGiver(1).child("male").full for _ in range(1)] == [NameGiver(1).child("male").full]
    first, second = NameGiver("a"), NameGiver("b")
    assert [first.child("female").full for _ in range(20)] != [second.child("female").full for _ in range(20)]


def test_common_surnames_are_common_and_rare_ones_exist():
    names = NameGiver("surnames")
    counted = Counter(names.surname() for _ in range(5000))
    assert {"王", "李", "张"} <= {name for name, _ in counted.most_common(5)}
    assert 20 <= sum(counted[name] for name in ("单", "仇", "区", "欧阳", "尉迟", "𠮷", "万俟", *RARE_SURNAMES[:4])) <= 400


def test_the_note_of_the_data_set_makes_674_people_of_1044_rows():
    students = read_students()
    assert len(students) == 674
    assert sum(len(student.marks) for student in students) == 395 + 649
    assert Counter(len(student.marks) for student in students)[2] == 370
    assert len({student.key for student in students}) == 674


def _student(age: int, failures: int) -> UciStudent:
    return UciStudent("x", {"age": str(age), "failures": str(failures)}, {}, {})


@pytest.mark.parametrize(
    ("age", "failures", "born_on", "grade"),
    [
        (15, 0, date(2011, 2, 1), 10),
        (16, 0, date(2010, 1, 10), 11),
        (16, 0, date(2010, 8, 10), 10),
        (17, 0, date(2009, 1, 10), 12),
        (17, 0, date(2009, 8, 10), 11),
        (17, 1, date(2009, 8, 10), 10),
        (18, 0, date(2008, 8, 10), 12),
        (19, 3, date(2007, 8, 10), 10),
        (22, 4, date(2004, 8, 10), 12),
        (15, 2, date(2011, 2, 1), 10),
    ],
)
def test_age_without_the_failed_years_decides_the_grade(age, failures, born_on, grade):
    assert grade_of(_student(age, failures), born_on) == grade


def test_high_school_classes_have_at_most_fifty_and_keep_their_number(high_schools):
    for school in high_schools:
        assert {pupil.grade for pupil in school.pupils} == {10, 11, 12}
        for room in school.current_classes:
            assert 20 <= len(school.pupils_of(room.key)) <= 50
        rooms = school.class_by_key
        for year_ago in (one for one in school.enrolments if rooms[one.class_key].year == school.year - 1):
            now = next(one for one in school.enrolments if one.pupil_key == year_ago.pupil_key and rooms[one.class_key].year == school.year)
            assert rooms[now.class_key].number == rooms[year_ago.class_key].number
            assert rooms[now.class_key].grade == rooms[year_ago.class_key].grade + 1


def test_students_are_as_old_as_their_row_says():
    school, source = build_school("MS")
    reference = date(school.year, 11, 1)
    for pupil in school.pupils:
        age = reference.year - pupil.born_on.year - ((reference.month, reference.day) < (pupil.born_on.month, pupil.born_on.day))
        assert age == source[pupil.key].number("age")


def test_somebody_answers_for_every_child(high_schools, nine_year):
    for school in (*high_schools, nine_year):
        for pupil in school.pupils:
            assert any(guardian.is_guardian for guardian in pupil.guardians)


def test_the_same_seed_makes_the_same_school_and_another_does_not(nine_year):
    assert build_school("MS")[0] == build_school("MS")[0]
    assert build_nine_year_school() == nine_year
    assert build_nine_year_school(seed=7).pupils[0] != nine_year.pupils[0]


def test_the_nine_year_school_has_3000_pupils_in_62_classes(nine_year):
    assert len(nine_year.pupils) == 3000
    assert len(nine_year.current_classes) == 62
    assert {pupil.grade for pupil in nine_year.pupils} == set(range(1, 10))
    assert all(40 <= len(nine_year.pupils_of(room.key)) <= 50 for room in nine_year.current_classes)


def test_the_nine_year_school_has_what_makes_rosters_hard(nine_year):
    kinds = Counter(pupil.registration_number[0] for pupil in nine_year.pupils)
    assert kinds["J"] > 10
    assert kinds["L"] > 20
    assert {pupil.left_behind for pupil in nine_year.pupils} == {0, 1, 2}
    assert sum(pupil.is_migrant for pupil in nine_year.pupils) > 100
    assert any(pupil.identity_number and pupil.registration_number[1:] != pupil.identity_number for pupil in nine_year.pupils)
    assert "𠮷安然" in {pupil.name.full for pupil in nine_year.pupils}
    assert any("·" in pupil.name.full for pupil in nine_year.pupils)
    within = Counter((pupil.class_key, pupil.name.full) for pupil in nine_year.pupils)
    assert sum(count > 1 for count in within.values()) >= 5


def test_twins_share_family_and_day_but_not_their_numbers(nine_year):
    by_key = {pupil.key: pupil for pupil in nine_year.pupils}
    twins = [pupil for pupil in nine_year.pupils if pupil.twin_key]
    assert len(twins) == 32
    for pupil in twins:
        other = by_key[pupil.twin_key]
        assert other.twin_key == pupil.key
        assert (pupil.born_on, pupil.guardians) == (other.born_on, other.guardians)
        assert pupil.registration_number != other.registration_number
    assert any(by_key[pupil.twin_key].class_key == pupil.class_key for pupil in twins)
    assert any(by_key[pupil.twin_key].class_key != pupil.class_key for pupil in twins)


def test_nobody_shares_a_number_or_a_telephone(high_schools, nine_year):
    pupils = [pupil for school in (*high_schools, nine_year) for pupil in school.pupils]
    for numbers in ([pupil.registration_number for pupil in pupils], [pupil.identity_number for pupil in pupils if pupil.identity_number]):
        assert len(set(numbers)) == len(numbers)
    guardians = {guardian.key: guardian for pupil in pupils for guardian in pupil.guardians}
    phones = Counter(guardian.phone for guardian in guardians.values())
    assert phones.most_common(1)[0][1] == 1


def test_last_years_school_has_everybody_a_grade_lower(nine_year):
    before = nine_year.in_year(nine_year.year - 1)
    grade_now = {pupil.key: pupil.grade for pupil in nine_year.pupils}
    assert before.pupils
    assert all(pupil.grade == grade_now.get(pupil.key, 10) - 1 for pupil in before.pupils)
    graduates = {pupil.key for pupil in nine_year.alumni}
    assert {pupil.key for pupil in before.pupils if pupil.grade == 9} == graduates
    assert not graduates & {pupil.key for pupil in nine_year.in_year(nine_year.year).pupils}
    assert {key for person in before.staff for key in person.teaches} <= {room.key for room in before.classes}
    assert all(any(room.key in person.homeroom for person in before.staff) for room in before.classes if room.grade not in {6, 9})
