"""Whatever bytes come in, the readers answer with findings and never with an exception; and what is right is told right."""

import tempfile
import zipfile
from datetime import date
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuanyang.exchange.rosters.reading.codes import stored_value
from nuanyang.exchange.rosters.reading.findings import Findings, shown_as
from nuanyang.exchange.rosters.reading.names import class_label, class_of, clean_name, grade_of, is_name
from nuanyang.exchange.rosters.reading.numbers import Citizen, Wrong, check_digit, citizen, registration
from nuanyang.exchange.rosters.reading.oneroster.fast import line_pattern
from nuanyang.exchange.rosters.reading.oneroster.fields import check_for
from nuanyang.exchange.rosters.reading.oneroster.layouts import V12
from nuanyang.exchange.rosters.reading.sheet.cells import read_value
from nuanyang.exchange.rosters.reading.sheet.fields import FIELDS
from tests.exchange.rosters.packages import OPTIONS, read, right_package, text_of, write_zip

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
many = settings(max_examples=400, deadline=None)
birthdays = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@many
@given(st.integers(110000, 659999), birthdays, st.integers(0, 999))
def test_every_number_with_its_check_digit_is_a_citizen(division, born, serial):
    body = f"{division}{born:%Y%m%d}{serial:03d}"
    said = citizen(body + check_digit(body))
    assert said == Citizen(born, "male" if serial % 2 else "female")
    assert registration("G" + body + check_digit(body)) is None


@many
@given(st.integers(110000, 659999), birthdays, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(division, born, serial, place, more):
    body = f"{division}{born:%Y%m%d}{serial:03d}"
    whole = body + check_digit(body)
    wrong = whole[:place] + str((int(whole[place]) + more) % 10) + whole[place + 1 :]
    assert isinstance(citizen(wrong), Wrong)


@many
@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40))
def test_any_cell_is_read_or_refused(name, text):
    value, trouble = read_value(FIELDS[name], text)
    assert value is None or isinstance(value, str)
    if trouble is not None:
        findings = Findings()
        findings.add(trouble.code, "a", 1, "b", text, trouble.severity, FIELDS[name].secrecy, **dict(trouble.params))
        assert "{" not in next(iter(findings)).reason("zh").replace(text, "")


@many
@given(st.integers(1, 12), st.integers(1, 40))
def test_a_class_label_is_read_back(grade, number):
    assert class_of(class_label(grade, number)) == (grade, None, number)


@many
@given(st.text(max_size=30))
def test_names_codes_and_classes_never_fail(text):
    class_of(text)
    grade_of(text)
    assert clean_name(clean_name(text)) == clean_name(text)
    is_name(text)
    for table in ("sex", "left_behind", "ethnicity"):
        stored_value(table, text)


@many
@given(st.text(min_size=5, max_size=30), st.sampled_from(["identity", "family", "health", "economic"]))
def test_what_may_not_be_shown_is_not(value, secrecy):
    assert value not in shown_as(value, secrecy)


cells = st.sampled_from(
    ["", "true", "TRUE", "a b", "a", "2026-02-29", "2026-02-28", "学", '"', "0", "07", "13", "active", "a,b", "——", "x" * 300]
)


@many
@given(st.sampled_from(sorted(V12)), st.data())
def test_the_quick_way_passes_only_what_the_careful_way_passes(name, data):
    """A line that the pattern takes has no wrong cell."""
    columns = V12[name]
    header = [column.name for column in columns]
    row = [data.draw(cells) for _ in header]
    row[1] = row[2] = ""
    line = text_of([row])
    if line_pattern(header, columns, bulk=True).fullmatch(line):
        for column, value in zip(columns, row, strict=True):
            check = check_for(column.kind, required=column.required)
            assert column.name in {"status", "dateLastModified"} or check is None or check(value) is None, (column, value)


@quick
@given(st.binary(max_size=3_000), st.sampled_from(["users.csv", "classes.csv", "enrollments.csv", "manifest.csv", "academicSessions.csv"]))
def test_any_bytes_in_a_package_are_answered(content, name):
    with tempfile.TemporaryDirectory() as folder:
        reading, records = read(write_zip(Path(folder) / "p.zip", right_package(), raw={name: content}))
    assert reading.findings.errors > 0
    assert records == []


@quick
@given(st.data())
def test_any_text_in_any_cell_is_answered(data):
    files = right_package()
    name = data.draw(st.sampled_from(sorted(files)))
    row = data.draw(st.integers(1, len(files[name]) - 1))
    place = data.draw(st.integers(0, len(files[name][0]) - 1))
    files[name][row][place] = data.draw(st.text(max_size=20))
    with tempfile.TemporaryDirectory() as folder:
        reading, records = read(write_zip(Path(folder) / "p.zip", files))
    assert bool(records) is (reading.findings.errors == 0)


@quick
@given(st.binary(max_size=2_000), st.sampled_from([".zip", ".xlsx", ".csv"]))
def test_any_file_is_answered(content, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        reading, records = read(path, msgspec.structs.replace(OPTIONS, label=path.name))
    assert reading.findings.errors > 0
    assert records == []


@quick
@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=6))
def test_any_sheet_is_answered(rows):
    header = ["姓名", "性别", "出生日期", "班级", "身份证件号", "学籍号"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(text_of([header, *rows]), encoding="utf-8", newline="")
        reading, records = read(path, msgspec.structs.replace(OPTIONS, label=path.name))
    assert bool(records) is (reading.findings.errors == 0)


@quick
@given(st.text(min_size=1, max_size=30))
def test_any_member_name_is_answered(name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo(name), b"x")
        reading, _ = read(path)
    assert reading.findings.errors > 0
