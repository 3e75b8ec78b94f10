"""Cells of marks, whatever is written in them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanyang.school.results.rules import Mark, NotAMark, is_scheme, read_mark
from nuanyang.school.sheets.rules import class_spellings, day_of, plain_class, plain_title

FULL = Decimal(120)


@given(st.text(max_size=30))
def test_any_text_is_a_mark_or_a_reason_and_never_an_invented_zero(text: str) -> None:
    read = read_mark(text, FULL, ("A", "B"))
    if isinstance(read, Mark) and read.score is not None:
        assert 0 <= read.score <= FULL and read.status == "present"
        assert read.score != 0 or "0" in text or any(c.isdigit() for c in text)
    else:
        assert isinstance(read, NotAMark) or read.status != "present"


@given(st.decimals(min_value=0, max_value=120, places=1))
def test_every_mark_up_to_the_full_marks_is_kept_exactly(mark: Decimal) -> None:
    read = read_mark(str(mark), FULL, ())
    assert isinstance(read, Mark) and read.score == mark and read.is_zero == (mark == 0)


@given(st.decimals(min_value=Decimal("120.1"), max_value=9999, places=1))
def test_above_the_full_marks_is_refused(mark: Decimal) -> None:
    read = read_mark(str(mark), FULL, ())
    assert isinstance(read, NotAMark) and read.code == "above_full_marks"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("缺考", "absent"),
        (" 缺 考 ", "absent"),
        ("缓考", "deferred"),
        ("免考", "exempt"),
        ("作弊", "violation"),
        ("", "blank"),
        ("／", "blank"),
        ("８９．５", "present"),
    ],
)
def test_words_of_teachers(text: str, status: str) -> None:
    read = read_mark(text, FULL, ())
    assert isinstance(read, Mark) and read.status == status


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-3", "negative"),
        ("1e5", "not_a_mark"),
        ("九十", "not_a_mark"),
        ("90/100", "not_a_mark"),
        ("A", "not_a_mark"),
    ],
)
def test_what_is_no_mark(text: str, code: str) -> None:
    read = read_mark(text, FULL, ("A",))
    assert isinstance(read, NotAMark) and read.code == code


def test_levels_are_read_in_any_dress() -> None:
    for text in ("a", "A", "Ａ", "A等", "A级"):
        assert read_mark(text, None, ("A", "B")) == Mark("present", level="A")
    assert read_mark("优", None, ("优", "良")) == Mark("present", level="优")
    assert isinstance(read_mark("F", None, ("A", "B")), NotAMark)


def test_schemes() -> None:
    assert is_scheme([{"level": "优"}, {"level": "良"}])
    assert is_scheme([{"level": "A", "top_share": 0.5}, {"level": "B", "top_share": 1}])
    assert not is_scheme([{"level": "A", "top_share": 0.5}, {"level": "B", "from_share": 0}])
    assert not is_scheme([{"level": "A", "from_share": 0.5}, {"level": "A", "from_share": 0}])


@pytest.mark.parametrize(
    "label",
    [
        "七(3)班",
        "七（3）班",
        "七年级3班",
        "7.3",
        "7-3班",
        "703",
        "七年级（三）班",
        "初一(3)班",
        "2023级3班",
        "23级03班",
        "七3班",
        " 七 (3) 班 ",
    ],
)
def test_every_way_to_write_a_class(label: str) -> None:
    assert plain_class(label.replace(" ", "")) in class_spellings("七(3)班", 7, 3, 2023)


def test_titles_and_days() -> None:
    assert plain_title("★ 语文（120分）") == "语文" and plain_title("姓 名:") == "姓名"
    assert str(day_of("2013年5月6日")) == str(day_of("20130506")) == str(day_of("2013-5-6")) == "2013-05-06"
    assert day_of("2013-02-30") is None and day_of("41400") is None
