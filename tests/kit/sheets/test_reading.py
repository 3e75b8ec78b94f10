"""Uploaded sheets, hostile and damaged ones among them: refused with a reason in seconds, the server untouched."""

import io
import time
import zipfile

import pytest

from nuanyang.kit.sheets import Book, read_sheets
from nuanyang.kit.sheets.guard import column_letters, column_number
from tests.factories.sheets import workbook

KNOWN = ("姓名", "学号", "语文")
GOOD = workbook(("姓名", "语文"), ("张三", 89.5))


async def read(content: bytes, name: str = "成绩.xlsx") -> Book:
    started = time.monotonic()
    book = await read_sheets(content, name, KNOWN)
    assert time.monotonic() - started < 5
    return book


def codes(book: Book) -> list[str]:
    return [fault.code for fault in book.faults]


def altered(change: dict[str, bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """A good workbook with members replaced (None: left out) and added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = change.get(member.filename, source.read(member))
            if content is not None:
                target.writestr(member.filename, content)
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return out.getvalue()


SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s<sheetData>%s</sheetData></worksheet>'


async def test_lines_and_columns_stay_where_excel_shows_them() -> None:
    book = await read(workbook((), (None, "标题"), (), (None, "姓名", "语文"), (None, "张三", 0)))
    rows = [(row.line, row.cells) for row in book.sheets[0].rows]
    assert rows == [(2, ["", "标题", ""]), (4, ["", "姓名", "语文"]), (5, ["", "张三", "0"])] and not book.faults


async def test_a_cell_at_the_end_of_the_world_is_refused() -> None:
    sheet = SHEET % (b"", b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    book = await read(altered({"xl/worksheets/sheet1.xml": sheet}))
    assert codes(book) == ["sheet_too_large"] and book.faults[0].params["cell"] == "XFD1048576"
    # What the sheet claims of itself is not believed either way.
    lying = SHEET % (b'<dimension ref="A1:XFD1048576"/>', b'<row r="1"><c r="A1"><v>1</v></c></row>')
    assert codes(await read(altered({"xl/worksheets/sheet1.xml": lying}))) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (altered({}, {"xl/media/bomb.bin": b"\0" * (64 << 20)}), "bomb"),
        (altered({"xl/worksheets/sheet1.xml": SHEET % (b"", b"<row>" + b" " * (8 << 20) + b"</row>")}), "bomb"),
        (altered({}, {"../../etc/passwd": b"x"}), "unsafe_name"),
        (altered({}, {"C:/x": b"x"}), "unsafe_name"),
        (altered({"xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]>' + SHEET % (b"", b"")}), "sheet_unreadable"),
        (altered({}, {f"xl/media/{n}": b"" for n in range(4200)}), "too_many_members"),
        (altered({"xl/workbook.xml": b"<broken"}), "sheet_unreadable"),
        (GOOD[:-200], "broken_archive"),
        (b"PK\x03\x04 not a zip", "broken_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
        (b"", "empty_file"),
        (b"hello", "broken_archive"),
    ],
    ids=[
        "member-bomb",
        "blank-bomb",
        "dots",
        "drive",
        "doctype",
        "members",
        "broken-xml",
        "cut-off",
        "no-zip",
        "encrypted",
        "empty",
        "text",
    ],
)
async def test_hostile_and_damaged_files_are_refused_with_a_reason(content: bytes, code: str) -> None:
    book = await read(content)
    assert codes(book) == [code] and not any(sheet.rows for sheet in book.sheets)
    assert book.faults[0].sentence("zh") and book.faults[0].sentence("en")


async def test_a_cell_of_a_megabyte_is_refused_with_its_place() -> None:
    book = await read(("姓名,语文\n张三," + "9" * 1_000_000).encode(), "成绩.csv")
    assert [(f.code, f.line, f.column) for f in book.faults] == [("cell_too_long", 2, "B")]


async def test_a_very_long_file_stops_at_the_limit() -> None:
    book = await read(("姓名,语文\n" + "张三,1\n" * 30_005).encode(), "成绩.csv")
    assert codes(book) == ["too_many_rows"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
async def test_encodings_and_separators_are_known_by_the_header(encoding: str, separator: str) -> None:
    text = f"姓名{separator}语文\n学校{separator}90\n"
    book = await read(text.encode(encoding), "成绩.csv")
    assert [row.cells for row in book.sheets[0].rows] == [["姓名", "语文"], ["学校", "90"]] and not book.faults


async def test_rare_characters_survive_gb18030() -> None:
    book = await read("姓名,语文\n𠮷䶮㛃,90\n".encode("gb18030"), "成绩.csv")
    assert book.sheets[0].rows[1].cells[0] == "𠮷䶮㛃"


async def test_a_table_without_a_known_header_is_refused() -> None:
    assert codes(await read(b"\xff\xfe\x00\xd8\x00", "成绩.csv")) == ["unreadable_encoding"]
    assert codes(await read(b"a,b\n1,2\n", "成绩.csv")) == ["unreadable_encoding"]


async def test_a_long_number_that_excel_broke_shows_as_such() -> None:
    book = await read(workbook(("姓名", "身份证号"), ("张三", 110105194912310021)))
    assert "e+17" in book.sheets[0].rows[1].cells[1]


def test_columns_have_letters() -> None:
    assert (column_number(b"XFD"), column_letters(16384), column_letters(27)) == (16384, "XFD", "AA")
