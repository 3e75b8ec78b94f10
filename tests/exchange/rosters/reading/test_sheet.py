"""The 学籍 sheet: headers as districts write them, codes, numbers, and what Excel does to them."""

import datetime as dt
import zipfile

import msgspec
import pytest
import xlsxwriter

from nuanyang.exchange.rosters.reading.records import SchoolClass
from tests.exchange.rosters.packages import OPTIONS, read, told

HEADER = [
    "★学校标识码",
    "★姓名",
    "★性别",
    "★出生日期",
    "身份证件号",
    "学籍号",
    "班级",
    "是否留守儿童",
    "就读方式",
    "成员1姓名",
    "成员1关系",
    "成员1联系电话",
    "成员1是否监护人",
]
ROW = [
    "3201000001",
    "张晓明",
    "1-男",
    "20140305",
    "99010220140305001X",
    "G99010220140305001X",
    "七(1)班",
    "1-单亲留守儿童",
    "2",
    "张建国",
    "51-父亲",
    "13800001111",
    "是",
]
CSV = msgspec.structs.replace(OPTIONS, label="学籍.csv")
XLSX = msgspec.structs.replace(OPTIONS, label="学籍.xlsx")


def csv_file(path, rows, encoding="utf-8", delimiter=","):
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    return path


def workbook(path, rows):
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(at, place, dt.datetime.combine(cell, dt.time()), book.add_format({"num_format": "yyyy-mm-dd"}))
            else:
                sheet.write(at, place, cell)
    book.close()
    return path


def student_of(records):
    return next(body for kind, _, body in records if kind == "student")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_sheet_is_read_in_every_usual_encoding(tmp_path, encoding):
    reading, records = read(csv_file(tmp_path / "a.csv", [HEADER, ROW], encoding), CSV)
    assert told(reading) == []
    student = student_of(records)
    assert (student.name, student.sex, student.birth_on, student.grade) == ("张晓明", "male", "2014-03-05", 7)
    assert student.family.left_behind == 1
    assert student.rest.boarding == "boarding"
    assert student.identity.registration_number == "G99010220140305001X"
    assert [(r.relation, r.is_guardian) for r in student.guardians] == [("father", True)]
    assert [body for kind, _, body in records if kind == "class"] == [SchoolClass("2026-2027", 7, 1, "七(1)班", 2026)]


def test_rare_characters_survive_gb18030(tmp_path):
    row = [*ROW]
    row[1] = "𠮷䶮㛃"
    _, records = read(csv_file(tmp_path / "a.csv", [HEADER, row], "gb18030"), CSV)
    assert student_of(records).name == "𠮷䶮㛃"


def test_a_text_without_a_known_header_is_refused(tmp_path):
    reading, _ = read(csv_file(tmp_path / "a.csv", [["甲", "乙"], ["1", "2"]], "gbk"), CSV)
    assert [f.code for f in reading.findings] == ["unreadable_encoding"]


def test_the_double_header_row_of_the_official_sheet(tmp_path):
    upper = ["★学校标识码", "★姓名", "★性别", "出生日期", "班级", "成员1", "", "", "成员2", "", ""]
    lower = ["", "", "", "", "", "★姓名", "★关系", "联系电话", "姓名", "关系", "是否监护人"]
    row = ["3201000001", "李四", "女", "2015-01-02", "2025级3班", "李父", "父亲", "13900000000", "李奶奶", "祖母", "0-否"]
    book = workbook(tmp_path / "a.xlsx", [["2026年秋季学生基本信息"], upper, lower, row])
    reading, records = read(book, XLSX)
    assert told(reading) == []
    student = student_of(records)
    assert [(r.relation, r.is_guardian) for r in student.guardians] == [("father", True), ("grandmother", False)]
    assert student.grade == 8  # 2025级 of a nine-year school may be grade 2 or 8: the stage that fits the age


def test_title_rows_keep_line_numbers_true(tmp_path):
    bad = [*ROW]
    bad[4] = "990102201403050010"
    book = workbook(tmp_path / "a.xlsx", [[], [], ["某某学校名册"], HEADER, ROW, [], bad])
    reading, _ = read(book, XLSX)
    found = next(f for f in reading.findings if f.code == "bad_identity_number")
    assert (found.line, found.column, found.value) == (7, "身份证件号", "****************10")


def test_numbers_that_excel_damaged_are_refused(tmp_path):
    row = [*ROW]
    row[4] = 990102201403050019
    reading, records = read(workbook(tmp_path / "a.xlsx", [HEADER, row]), XLSX)
    assert ("number_damaged", "学籍.xlsx", 2, "身份证件号") in told(reading)
    assert records == []


@pytest.mark.parametrize("value", ["9.90102E+17", "9.901022014030500e17"])
def test_damaged_numbers_in_csv_are_refused(tmp_path, value):
    row = [*ROW]
    row[4] = value
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, row]), CSV)
    assert ("number_damaged", "学籍.csv", 2, "身份证件号") in told(reading)


def test_a_date_serial_is_refused_and_a_date_cell_taken(tmp_path):
    serial, day = [*ROW], [*ROW]
    serial[3], day[3] = 41703, dt.date(2014, 3, 5)
    reading, _ = read(workbook(tmp_path / "a.xlsx", [HEADER, serial]), XLSX)
    assert ("date_serial", "学籍.xlsx", 2, "★出生日期") in told(reading)
    reading, records = read(workbook(tmp_path / "b.xlsx", [HEADER, day]), XLSX)
    assert told(reading) == []
    assert student_of(records).birth_on == "2014-03-05"


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (1, "", "required"),
        (2, "3", "bad_code"),
        (3, "20140230", "bad_sheet_date"),
        (4, "12345", "bad_identity_number"),
        (5, "X99010220140305001X", "bad_registration_number"),
        (5, "L32010220140230", "bad_registration_number"),
        (6, "火箭班", "bad_class"),
        (7, "3-不详", "bad_code"),
    ],
)
def test_a_wrong_cell_is_told(tmp_path, place, value, code):
    row = [*ROW]
    row[place] = value
    reading, records = read(csv_file(tmp_path / "a.csv", [HEADER, ROW, row]), CSV)
    assert code in {f.code for f in reading.findings if f.line == 3}
    assert records == []


def test_values_of_protected_classes_are_not_repeated(tmp_path):
    row = [*ROW]
    row[7] = "父母都在牢里"
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, row]), CSV)
    assert [f.value for f in reading.findings if f.code == "bad_code"] == ["＊＊＊"]


def test_repeated_numbers_name_the_first_line(tmp_path):
    twin = [*ROW]
    twin[1] = "张晓亮"
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, ROW, twin]), CSV)
    assert {("duplicate_identity", 3), ("duplicate_registration", 3)} <= {(f.code, f.line) for f in reading.findings}


def test_twins_of_one_name_with_numbers_of_their_own_are_two(tmp_path):
    twin = [*ROW]
    twin[4], twin[5] = "", "L990102201403051234"
    reading, records = read(csv_file(tmp_path / "a.csv", [HEADER, ROW, twin]), CSV)
    assert told(reading) == []
    assert sum(kind == "student" for kind, _, _ in records) == 2


def test_an_edited_mapping_wins(tmp_path):
    header = ["姓名", "性别", "生辰", "班级", "学籍主副号", "备注"]
    row = ["王五", "男", "20150101", "三年级2班", "L320102201501011234", "随便"]
    path = csv_file(tmp_path / "a.csv", [header, row])
    mapping = {"生辰": "birth_on", "学籍主副号": "registration_number", "备注": "ignore"}
    reading, records = read(path, msgspec.structs.replace(CSV, mapping=mapping))
    assert list(reading.findings) == [] or {f.severity for f in reading.findings} == {"warning"}
    student = student_of(records)
    assert (student.birth_on, student.identity.registration_number, student.grade) == ("2015-01-01", "L320102201501011234", 3)


def test_a_number_and_a_birth_date_that_differ_are_remarked_upon(tmp_path):
    row = [*ROW]
    row[3] = "20140306"
    reading, _ = read(csv_file(tmp_path / "a.csv", [HEADER, row]), CSV)
    assert told(reading) == []
    assert ("identity_birth_differs", "学籍.csv", 2, "出生日期") in told(reading, "warning")


FAR = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'


def with_far_cell(path, far=FAR):
    source = workbook(path.with_name("plain.xlsx"), [HEADER, ROW])
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", far.encode() + b"</sheetData>")
            new.writestr(member, content)
    return path


def test_one_far_cell_is_refused_before_the_parser_sees_it(tmp_path):
    reading, _ = read(with_far_cell(tmp_path / "far.xlsx"), XLSX)
    assert ("sheet_too_large", "学籍.xlsx", 1048576, "XFD") in told(reading)


def test_an_entity_bomb_is_refused(tmp_path):
    path = with_far_cell(tmp_path / "lol.xlsx", far="<!DOCTYPE lolz [<!ENTITY a 'aaaa'>]>")
    reading, _ = read(path, XLSX)
    assert [f.code for f in reading.findings] == ["sheet_unreadable"]
