"""Headers as schools make them, without a database."""

import pytest

from nuanyang.kit.ids import new_id
from nuanyang.kit.sheets import Row, Sheet
from nuanyang.school.sheets.rules import find_header, full_marks_in, is_header_again, is_summary, odd_columns, plain_title, says_full_marks
from nuanyang.school.sheets.rules.people import Candidate, Directory, Miss, Named

WANTED = {"语文": "chinese", "数学": "maths", "英语": "english"}


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("七(1)班", [Row(line, list(cells)) for line, cells in enumerate(rows, 1)])


def meanings(*rows: tuple[str, ...]) -> dict[str, str] | None:
    found = find_header(sheet(*rows), WANTED)
    return None if found is None else {"ABCDEFGHIJKL"[place]: meaning for place, meaning in sorted(found.meanings.items())}


@pytest.mark.parametrize(
    "title",
    [
        "语文",
        " 语 文 ",
        "★语文",
        "语文*",
        "语文(120)",
        "语文（满分120分）",
        "语文[150]",
        "语文【100分】",
        "语文/120",
        "语文120分",
        "语文满分150",
        "语文：",
    ],
)
def test_a_subject_in_any_dress(title: str) -> None:
    assert plain_title(title) == "语文"


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("语文(120)", 120),
        ("数学（满分150分）", 150),
        ("英语/100", 100),
        ("语文１２０分", 120),
        ("语文", None),
        ("语文2026", None),
        ("语文 得分", None),
    ],
)
def test_full_marks_in_a_title(title: str, marks: int | None) -> None:
    assert full_marks_in(title) == marks


@pytest.mark.parametrize("order", [("姓名", "学号", "班级", "语文"), ("语文", "班级", "姓名", "学号"), ("班级", "语文", "学号", "姓名")])
def test_columns_stand_in_any_order_and_titles_above_do_not_matter(order: tuple[str, ...]) -> None:
    found = meanings(("2026 年秋季学期期中考试成绩表", "", "", ""), ("制表：教务处", "", "", ""), order)
    known = {"姓名": "name", "学号": "number", "班级": "class", "语文": "chinese"}
    assert found == {letter: known[title] for letter, title in zip("ABCD", order, strict=True)}


def test_a_header_of_two_rows_as_exam_systems_export_it() -> None:
    rows = (
        ("姓名", "学号", "语文", "", "", "数学", "", "总分", ""),
        ("", "", "得分", "班次", "校次", "得分", "等级", "得分", "班次"),
        ("张三", "1", "90", "3", "20", "80", "B", "170", "5"),
    )
    assert meanings(*rows) == {"A": "name", "B": "number", "C": "chinese", "F": "maths"}
    header = find_header(sheet(*rows), WANTED)
    assert header is not None and header.line == 2
    told = {(f.column, f.code) for f in odd_columns(sheet(*rows), header, WANTED)}
    assert told == {("D", "rank_not_kept"), ("E", "rank_not_kept"), ("G", "level_not_kept"), ("I", "rank_not_kept")}


def test_merged_cells_spread_over_two_rows_say_the_same() -> None:
    rows = (
        ("姓名", "学号", "语文", "语文", "数学", "数学"),
        ("姓名", "学号", "成绩", "名次", "成绩", "名次"),
        ("张三", "1", "90", "3", "80", "2"),
    )
    assert meanings(*rows) == {"A": "name", "B": "number", "C": "chinese", "E": "maths"}


def test_groups_above_the_header_are_passed_over() -> None:
    assert meanings(("基本信息", "", "", "学科成绩", ""), ("班级", "姓名", "学号", "语文", "数学")) == {
        "A": "class",
        "B": "name",
        "C": "number",
        "D": "chinese",
        "E": "maths",
    }


def test_the_first_student_is_no_second_row_of_the_header() -> None:
    header = find_header(sheet(("姓名", "语文"), ("缺考生", "缺考"), ("张三", "90")), WANTED)
    assert header is not None and header.line == 1


def test_totals_averages_and_ranks_have_no_meaning() -> None:
    titles = ("姓名", "语文", "总分", "平均分", "班级排名", "年级名次", "语文班次", "进退步", "级次", "序号", "备注", "体会")
    header = find_header(sheet(titles), WANTED)
    assert header is not None and set(header.meanings.values()) == {"name", "chinese"}
    told = {f.title: f.code for f in odd_columns(sheet(titles), header, WANTED)}
    ranks = dict.fromkeys(("班级排名", "年级名次", "语文班次", "进退步", "级次"), "rank_not_kept")
    assert told == ranks | {"体会": "column_ignored"}


def test_two_columns_of_one_subject_are_an_error() -> None:
    titles = ("姓名", "语文", "语文成绩")
    header = find_header(sheet(titles), WANTED)
    assert header is not None
    assert [(f.severity, f.code, f.column) for f in odd_columns(sheet(titles), header, WANTED)] == [("error", "column_twice", "C")]


def test_what_stands_around_the_table_is_no_student() -> None:
    header = find_header(sheet(("学号", "姓名", "语文")), WANTED)
    assert header is not None
    around = [
        ("", "平均分", "80"),
        ("", "均分", "80"),
        ("合计", "", "3"),
        ("", "满 分", "120"),
        ("注：缺考不计", "", ""),
        ("审核人：", "", ""),
    ]
    assert all(is_summary(Row(9, list(cells)), header) for cells in around)
    assert says_full_marks(Row(9, ["满分", "", "120"]), header) and not says_full_marks(Row(9, ["1", "张三", "120"]), header)
    assert not is_summary(Row(9, ["20260012", "满分", "90"]), header)  # whoever has a number is a student
    assert is_header_again(Row(30, ["学号", "姓名", "语文"]), header) and not is_header_again(Row(30, ["1", "李四", "90"]), header)


def candidate(name: str, number: str | None = None, class_number: int = 1, pinyin: str = "") -> Candidate:
    return Candidate(
        new_id(), name, number, None, _CLASSES[class_number], f"七({class_number})班", 7, class_number, 2026, None, None, None, pinyin
    )


_CLASSES = {n: new_id() for n in (1, 2)}


def test_a_seat_number_helps_where_it_is_a_students_own_and_else_says_nothing() -> None:
    one = candidate("李四", "0703")
    directory = Directory.of([one, candidate("李四", "0704")])
    assert directory.find(Named(name="李四", seat="0703"), ()) is one
    missed = directory.find(Named(name="李四", seat="101"), ())
    assert isinstance(missed, Miss) and missed.code == "several_students"
    alone = candidate("王五", "9")
    assert Directory.of([alone]).find(Named(name="王五", seat="012"), ()) is alone


def test_a_number_that_lost_its_zero_is_known() -> None:
    one = candidate("李四", "0703")
    assert Directory.of([one]).find(Named(name="李四", number="703"), ()) is one


def test_a_name_that_is_nearly_one_of_the_class_is_asked_about() -> None:
    directory = Directory.of(
        [candidate("欧阳思远", pinyin="ouyangsiyuan"), candidate("李玫", pinyin="limei"), candidate("李梅", class_number=2, pinyin="limei")]
    )

    def near(name: str, label: str) -> tuple[str, int]:
        missed = directory.find(Named(name=name, class_label=label), ())
        assert isinstance(missed, Miss)
        return missed.code, len(missed.near)

    assert near("欧阳思缘", "七(1)班") == ("similar_name", 1)
    assert near("李眉", "7-1") == ("similar_name", 1)  # sounds the same, in this class only
    assert near("赵六", "七(1)班") == ("no_such_name", 0)
    assert near("赵六", "") == ("unknown_student", 0)


def test_a_class_that_excel_took_for_a_day_is_a_class() -> None:
    one = candidate("李四", class_number=2)
    assert Directory.of([one]).find(Named(name="李四", class_label="2026-07-02"), ()) is one
