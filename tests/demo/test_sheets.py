"""Sheets as teachers and offices have them."""

from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from nuanyang.demo.evidence import (
    ABSENT,
    ExamSheet,
    nine_year_attendance,
    nine_year_exams,
    special_lists,
    subjects_of,
    uci_attendance,
    uci_exams,
)
from nuanyang.demo.nine_year import build_nine_year_school
from nuanyang.demo.people import School
from nuanyang.demo.sheets import REGISTER_HEADER, write_student_register
from nuanyang.demo.uci import build_school
from nuanyang.exchange.rosters.reading.sheet.fields import FIELDS, field_for


@pytest.fixture(scope="module")
def nine_year() -> School:
    return build_nine_year_school()


@pytest.fixture(scope="module")
def register(nine_year, tmp_path_factory) -> list[list[object]]:
    path = tmp_path_factory.mktemp("register") / "register.xlsx"
    assert write_student_register(path, nine_year) == 3000
    return _rows(path)


def _rows(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_the_register_has_one_row_a_pupil_and_known_columns(nine_year, register):
    header, *rows = register
    assert tuple(header) == REGISTER_HEADER
    assert len(rows) == 3000
    assert [column for column in header if field_for(str(column)) is None] == []
    assert {field_for(str(column)) for column in header} <= set(FIELDS)
    by_number = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    for pupil in nine_year.pupils[:50]:
        row = by_number[pupil.registration_number]
        assert row["★姓名"] == pupil.name.full
        assert row["★身份证件号"] == pupil.identity_number
        assert row["★出生日期"] == f"{pupil.born_on:%Y%m%d}"


def test_the_register_names_first_who_answers_for_the_child(register):
    header, *rows = register
    column = header.index("成员1是否监护人")
    assert {row[column] for row in rows} == {"是"}


def test_uci_marks_keep_their_order_and_a_missed_test_is_no_zero():
    school, source = build_school("GP")
    sheets = list(uci_exams(school, source))
    assert len(sheets) == 9
    assert {(sheet.kind, sheet.subjects[0].full_marks) for sheet in sheets} == {("monthly", 100), ("midterm", 150), ("final", 150)}
    key_of = {pupil.registration_number: pupil.key for pupil in school.pupils}
    for sheet in sheets:
        for number, _, label, *cells in sheet.rows:
            assert label
            for subject, cell in zip(("语文", "数学"), cells, strict=True):
                marks = source[key_of[str(number)]].marks
                if isinstance(cell, float):
                    assert 0 < cell <= float(sheet.subjects[0].full_marks or 0)
                elif cell is None:
                    assert subject not in marks
                else:
                    assert cell == ABSENT
                    assert 0 in marks[subject]
    missed = sum(mark == 0 for student in source.values() for marks in student.marks.values() for mark in marks)
    assert sum(cell == ABSENT for sheet in sheets for row in sheet.rows for cell in row[3:]) == missed


def test_grades_one_and_two_sit_no_exam(nine_year):
    sheets = list(nine_year_exams(nine_year))
    assert min(sheet.grade for sheet in sheets) == 3
    primary = [sheet for sheet in sheets if sheet.grade < 5]
    assert all(subject.full_marks is None for sheet in primary for subject in sheet.subjects)
    assert {cell for sheet in primary for row in sheet.rows for cell in row[3:]} >= {"优", "良", "合格", "待合格"}


def test_results_have_every_kind_of_gap_and_never_a_zero(nine_year):
    cells = Counter(cell for sheet in nine_year_exams(nine_year) for row in sheet.rows for cell in row[3:])
    assert {"缺考", "缓考", "免考", "违纪", None} <= set(cells)
    assert {"A", "B", "C", "D", "E"} <= set(cells)
    assert 0.0 not in cells


def test_an_exam_of_last_year_lists_who_was_in_that_grade_then(nine_year):
    of_last_year = next(sheet for sheet in nine_year_exams(nine_year) if (sheet.year, sheet.grade) == (nine_year.year - 1, 6))
    grades_now = {pupil.registration_number: pupil.grade for pupil in nine_year.pupils}
    assert {grades_now[str(row[0])] for row in of_last_year.rows} == {7}
    assert all(str(row[2]).startswith("六(") for row in of_last_year.rows)


def test_full_marks_differ_by_subject():
    assert {subject.name: subject.full_marks for subject in subjects_of(9)}["化学"] == 100
    assert {subject.name: subject.full_marks for subject in subjects_of(9)}["语文"] == 120


def test_an_exam_sheet_can_be_read_back(nine_year, tmp_path):
    sheet: ExamSheet = next(sheet for sheet in nine_year_exams(nine_year) if sheet.grade == 8)
    header, *rows = _rows(sheet.write(tmp_path))
    assert header == ["学籍号", "姓名", "班级", *(subject.name for subject in sheet.subjects)]
    assert len(rows) == len(sheet.rows)
    assert rows[0][3] == sheet.rows[0][3]


def test_absences_of_the_data_set_become_days_of_four_kinds():
    school, source = build_school("GP")
    spring, autumn = uci_attendance(school, source)
    assert spring.school_days == 100
    assert len(autumn.rows) == len(school.pupils)
    never = {pupil.registration_number for pupil in school.pupils if max(source[pupil.key].absences.values()) == 0}
    assert all(row[4:] == (0.0, 0.0, 0.0, 0) for row in autumn.rows if row[0] in never)
    assert sum(float(row[4] or 0) for row in autumn.rows) > 50


def test_a_few_pupils_stay_away_for_long(nine_year):
    *_, autumn = nine_year_attendance(nine_year)
    truant = [row for row in autumn.rows if float(row[4] or 0) >= 5]
    assert 3 <= len(truant) <= 60


def test_lists_of_other_offices_name_people_by_their_number(nine_year, tmp_path):
    lists = {one.group: one for one in special_lists(nine_year)}
    assert {"低保", "脱贫", "残疾", "孤儿"} <= set(lists)
    header, *rows = _rows(lists["低保"].write(tmp_path))
    assert header[:3] == ["姓名", "身份证号", "类别"]
    assert len([row for row in rows if row[1]]) == sum("低保" in pupil.groups for pupil in nine_year.pupils)
    assert len([row for row in rows if not row[1]]) == 2
