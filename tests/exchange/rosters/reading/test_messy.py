"""Files as they really come: saved by Excel, exported by somebody's program, cut, renamed, shifted. Taken when the meaning is plain, else told."""

import csv
import io
import struct
import time
import zipfile

import msgspec
import pytest
import xlsxwriter

from tests.exchange.rosters.packages import OPTIONS, column, manifest, read, right_package, text_of, told, write_zip
from tests.exchange.rosters.reading.test_sheet import CSV, HEADER, ROW, XLSX, csv_file, student_of, workbook

NUMBER, BORN, SEX, CLASS = (HEADER.index(name) for name in ("身份证件号", "★出生日期", "★性别", "班级"))


def one_row(path, place, value, **more):
    row = [*ROW]
    row[place] = value
    return csv_file(path, [HEADER, row], **more)


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_line_end_and_separator(tmp_path, ending, delimiter):
    path = tmp_path / "a.csv"
    path.write_bytes(ending.join(delimiter.join(row) for row in (HEADER, ROW)).encode())
    reading, records = read(path, CSV)
    assert told(reading) == []
    assert student_of(records).name == "张晓明"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(tmp_path, encoding):
    reading, records = read(csv_file(tmp_path / "a.csv", [HEADER, ROW], encoding), CSV)
    assert told(reading) == []
    assert student_of(records).name == "张晓明"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "99010220140305001x",
            "'99010220140305001X",
            "“99010220140305001X”",
            "９９０１０２２０１４０３０５００１Ｘ",
            "990102 20140305 001X",
        ),
        *(
            "99010220140305001X\u00a0",
            "\u200b99010220140305001X",
            "99010220140305001X\u202c",
            '="99010220140305001X"',
            "\t99010220140305001X",
        ),
    ],
)
def test_an_identity_number_however_it_is_dressed(tmp_path, written):
    reading, records = read(one_row(tmp_path / "a.csv", NUMBER, written), CSV)
    assert told(reading) == []
    assert student_of(records).identity.identity_number == "99010220140305001X"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("9.90102E+17", "number_damaged"), ("9.9010220140305E17", "number_damaged"), ("990102201403050000", "bad_identity_number")),
        *(("990102140305001", "bad_identity_number"), ("990102201403050019.0", "bad_identity_number"), ("4.2e17", "number_damaged")),
    ],
)
def test_a_number_that_lost_digits_is_an_error_and_nothing_else(tmp_path, written, code):
    reading, records = read(one_row(tmp_path / "a.csv", NUMBER, written), CSV)
    assert [(f.code, f.line, f.column, f.severity) for f in reading.findings] == [(code, 2, "身份证件号", "error")]
    assert written[:6] not in str(reading.findings.kept)
    assert records == []


def test_a_number_that_may_have_lost_digits_is_remarked_upon(tmp_path):
    row = [*ROW]
    row[NUMBER], row[HEADER.index("学籍号")] = "990102201403057000", ""  # its check digit fits by chance
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, row]), CSV)
    assert told(reading) == []
    assert ("identity_ends_in_zeros", "学籍.csv", 2, "身份证件号") in told(reading, "warning")


@pytest.mark.parametrize(
    "written",
    [
        *(
            "20140305",
            "2014-03-05",
            "2014/3/5",
            "2014年3月5日",
            "2014.03.05",
            "2014/3/5 0:00",
            "2014-03-05 00:00:00",
            "2014-03-05T00:00:00",
        ),
        *("２０１４０３０５", "20140305.0", "'20140305"),
    ],
)
def test_a_date_in_every_usual_form(tmp_path, written):
    reading, records = read(one_row(tmp_path / "a.csv", BORN, written), CSV)
    assert told(reading) == []
    assert student_of(records).birth_on == "2014-03-05"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(
            (day, "bad_sheet_date")
            for day in ("2014305", "2014111", "05/03/2014", "14-3-5", "20140230", "00000000", "三月五日", "18990101")
        ),
        *(("41703", "date_serial"), ("20390305", "birth_in_future")),
    ],
)
def test_a_date_that_is_none_or_could_be_two_is_refused(tmp_path, written, code):
    reading, _ = read(one_row(tmp_path / "a.csv", BORN, written), CSV)
    assert (code, 2) in {(f.code, f.line) for f in reading.findings if f.severity == "error"}


def test_an_unlikely_age_is_remarked_upon(tmp_path):
    row = [*ROW]
    row[BORN], row[NUMBER], row[HEADER.index("学籍号")] = "19140305", "", "L990102191403051234"
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, row]), CSV)
    assert [f.reason("zh") for f in reading.findings if f.code == "age_unlikely"] == ["按出生日期是112 岁，请核对年份。"]


def test_stars_blanks_and_remarks_in_a_header(tmp_path):
    header = ["★ 学校标识码", " ★姓 名 ", "性 别（男/女）", "出生日期\u3000", "身份证件号(18位)", "学 籍 号", "所在 班级"]
    row = ["3201000001", "张三", "男", "20140305", "99010220140305001X", "L990102201403051234", "七(1)班"]
    reading, records = read(csv_file(tmp_path / "a.csv", [header, row]), CSV)
    assert list(reading.findings) == []
    assert student_of(records).identity.identity_number == "99010220140305001X"


def test_merged_header_rows_and_merged_cells_below(tmp_path):
    """A class written once beside its pupils, below a title and a double header of merged cells."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet, plain = book.add_worksheet(), book.add_format()
    sheet.merge_range(0, 0, 0, 8, "青山学校2026年秋季学生花名册", plain)
    for place, title in enumerate(["学校标识码", "★姓名", "性别", "出生日期", "班级"]):
        sheet.merge_range(1, place, 2, place, title, plain)
    sheet.merge_range(1, 5, 1, 7, "成员1", plain)
    sheet.write_row(2, 5, ["姓名", "关系", "联系电话"])
    for line, name in enumerate(["张三", "李四", "王五"], 3):
        sheet.write_row(line, 0, ["3201000001", name, "男", f"2014030{line}", None, name[0] + "父", "父亲", f"1380000111{line}"])
    sheet.merge_range(3, 4, 5, 4, "七(1)班", plain)
    book.close()
    reading, records = read(tmp_path / "a.xlsx", XLSX)
    assert told(reading) == []
    students = [body for kind, _, body in records if kind == "student"]
    assert [(s.name, s.grade, len(s.guardians)) for s in students] == [("张三", 7, 1), ("李四", 7, 1), ("王五", 7, 1)]


def pages(path, *sheets, hide=()):
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
        if name in hide:
            sheet.hide()
        else:
            sheet.activate()
    book.close()
    return path


def test_a_sheet_of_notes_is_skipped_and_every_sheet_of_pupils_read(tmp_path):
    other = [*ROW]
    other[1], other[NUMBER], other[HEADER.index("学籍号")], other[CLASS] = "李四", "", "L990102201403051234", "七(2)班"
    path = pages(tmp_path / "a.xlsx", ("说明", [["填表说明"], ["请勿改表头"]]), ("七1", [HEADER, ROW]), ("七2", [HEADER, other]))
    reading, records = read(path, XLSX)
    assert told(reading) == []
    assert {body.name for kind, _, body in records if kind == "student"} == {"张晓明", "李四"}
    assert [(f.code, f.params["name"]) for f in reading.findings if f.severity == "note"] == [("page_skipped", "说明")]


def test_a_pupil_on_two_sheets_is_told_with_the_sheet(tmp_path):
    reading, _ = read(pages(tmp_path / "a.xlsx", ("七1", [HEADER, ROW]), ("七2", [HEADER, ROW])), XLSX)
    found = next(f for f in reading.findings if f.code == "duplicate_identity")
    assert (found.file, found.line) == ("学籍.xlsx［七2］", 2)
    assert found.reason("zh") == "与第 2（学籍.xlsx［七1］） 行的身份证号相同。"


def test_a_hidden_sheet_is_left_alone(tmp_path):
    _, records = read(pages(tmp_path / "a.xlsx", ("旧", [HEADER, [*ROW[:1], "李四", *ROW[2:]]]), ("新", [HEADER, ROW]), hide=("旧",)), XLSX)
    assert student_of(records).name == "张晓明"


def test_formulas_that_failed_or_were_never_worked_out_are_told(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ROW)
    sheet.write_formula(1, 1, '="张"&"晓明"', None, "张晓明")
    sheet.write_formula(1, SEX, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, CLASS, "=VLOOKUP(1,A:B,2)", None, "")
    book.close()
    reading, records = read(tmp_path / "a.xlsx", XLSX)
    assert told(reading) == [("spoiled_cell", "学籍.xlsx", 2, "★性别"), ("spoiled_cell", "学籍.xlsx", 2, "班级")]
    assert records == []


def test_empty_rows_at_the_end_and_a_header_on_every_page(tmp_path):
    path = csv_file(tmp_path / "a.csv", [HEADER, ROW, *[[""] * len(HEADER)] * 3000, HEADER, *[[""] * len(HEADER)] * 20])
    reading, records = read(path, CSV)
    assert list(reading.findings) == []
    assert reading.package.rows == {"学籍.csv": 1}
    assert student_of(records).name == "张晓明"


def test_a_cell_beyond_the_header_means_a_shifted_row(tmp_path):
    row = [*ROW[:1], "张", "晓明", *ROW[2:]]
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, row]), CSV)
    assert ("beyond_header", "学籍.csv", 2, "#14") in told(reading)


def test_a_row_by_which_nobody_can_be_known_again_is_remarked_upon(tmp_path):
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, ROW[:3]]), CSV)
    assert "hardly_known" in {f.code for f in reading.findings}


@pytest.mark.parametrize(
    ("name", "content", "code", "line"),
    [
        ("a.csv", b"", "empty_file", None),
        ("a.csv", b"  \r\n \r\n", "sheet_no_header", None),
        ("a.csv", ",".join(HEADER).encode(), "no_rows", 1),
        ("a.csv", ",".join(ROW).encode(), "sheet_no_header", None),
        ("a.csv", "姓名,性別,生日\r\n王小明,男,2014".encode("big5"), "unreadable_encoding", None),
        ("a.csv", (",".join(HEADER) + "\r\n" + ",".join(ROW)).encode() + b"\r\n\xff\xfe\xfa", "bad_bytes", 3),
        ("a.xlsx", "<html><table><tr><td>姓名</td></tr></table></html>".encode(), "not_a_workbook", None),
        ("a.xlsx", ",".join(HEADER).encode(), "not_a_workbook", None),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old_workbook", None),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted", None),
        ("a.zip", b"%PDF-1.4", "not_a_zip", None),
    ],
)
def test_what_is_no_sheet_is_told_for_what_it_is(tmp_path, name, content, code, line):
    path = tmp_path / name
    path.write_bytes(content)
    reading, records = read(path, msgspec.structs.replace(OPTIONS, label=name))
    assert [(f.code, f.line) for f in reading.findings] == [(code, line)]
    assert records == []


def test_an_empty_workbook_and_one_with_a_header_only(tmp_path):
    assert [f.code for f in read(workbook(tmp_path / "a.xlsx", []), XLSX)[0].findings] == ["empty_file"]
    assert [f.code for f in read(workbook(tmp_path / "b.xlsx", [HEADER]), XLSX)[0].findings] == ["no_rows"]


def test_a_table_with_a_column_of_hidden_control_characters(tmp_path):
    reading, _ = read(one_row(tmp_path / "a.csv", 1, "张\x00晓明"), CSV)
    assert told(reading) == [("control_character", "学籍.csv", 2, "★姓名")]


def test_a_cell_of_ten_megabytes_names_its_column(tmp_path):
    started = time.monotonic()
    reading, _ = read(one_row(tmp_path / "a.csv", 1, "张" * 3_500_000), CSV)
    assert told(reading) == [("cell_too_long", "学籍.csv", 2, "★姓名")]
    assert time.monotonic() - started < 5


# -- packages --


def members(**changed):
    files = right_package()
    whole = {"manifest.csv": text_of(manifest(files)).encode()} | {f"{name}.csv": text_of(rows).encode() for name, rows in files.items()}
    return whole | {name.replace("_csv", ".csv"): change(whole[name.replace("_csv", ".csv")]) for name, change in changed.items()}


def archive(path, content):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in content.items():
            target.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.decode().encode("gbk"), ("not_utf8", "users.csv", 2, None)),
        (lambda data: data.decode().encode("utf-16"), ("not_utf8", "users.csv", 1, None)),
        (lambda data: data.replace(b",", b";"), ("wrong_separator", "users.csv", 1, None)),
        (lambda _: b"", ("empty_file", "users.csv", None, None)),
        (lambda _: b"\r\n\r\n", ("no_header", "users.csv", 1, None)),
    ],
)
def test_a_file_that_cannot_be_read_is_told_once_and_not_by_every_reference_to_it(tmp_path, change, expected):
    reading, _ = read(archive(tmp_path / "p.zip", members(users_csv=change)))
    assert told(reading) == [expected]


@pytest.mark.parametrize("ending", [b"\n", b"\r"])
def test_a_package_with_other_line_ends(tmp_path, ending):
    content = {name: data.replace(b"\r\n", ending) for name, data in members().items()}
    reading, records = read(archive(tmp_path / "p.zip", content))
    assert told(reading) == []
    assert len(records) == 11


def test_names_in_capitals_and_sheets_inside_archives_are_told(tmp_path):
    reading, _ = read(archive(tmp_path / "a.zip", {name.upper(): data for name, data in members().items()}))
    assert told(reading) == [("wrong_case_file", "MANIFEST.CSV", None, None)]
    book = workbook(tmp_path / "学籍.xlsx", [HEADER, ROW]).read_bytes()
    reading, _ = read(archive(tmp_path / "b.zip", {"学籍.xlsx": book}))
    assert told(reading) == [("sheet_in_archive", "学籍.xlsx", None, None)]
    reading, _ = read(archive(tmp_path / "c.zip", {"学籍.csv": b"x"}))
    assert [f.code for f in reading.findings] == ["sheet_in_archive"]


def test_a_member_that_lies_about_its_size_is_told(tmp_path):
    path = archive(tmp_path / "p.zip", members())
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.find(b"PK\x01\x02") + 24, 10)
    path.write_bytes(bytes(content))
    reading, records = read(path)
    assert [f.code for f in reading.findings] == ["broken_archive"]
    assert records == []


def test_two_classes_of_one_name_in_two_grades_stay_two(tmp_path):
    """Read here; the importer gives the second one its full name."""
    files = right_package()
    for row, grade in zip(files["classes"][1:], ("07", "08"), strict=True):
        row[column(files, "classes", "title")], row[column(files, "classes", "grades")] = "1班", grade
    _, records = read(write_zip(tmp_path / "p.zip", files))
    assert [(body.name, body.grade) for kind, _, body in records if kind == "class"] == [("1班", 7), ("1班", 8)]


def test_a_quoted_cell_that_is_never_closed_stops_at_its_line_however_long_the_file(tmp_path):
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, ROW])
    path = tmp_path / "a.csv"
    path.write_text(out.getvalue() + '"' + ("张三,1\r\n" * 400_000), encoding="utf-8")
    started = time.monotonic()
    reading, _ = read(path, CSV)
    assert ("bad_quotes", "学籍.csv", 3, None) in told(reading)
    assert time.monotonic() - started < 5
