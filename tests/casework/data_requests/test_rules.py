"""Who answers what by when, and which answers there are: tables, without a database."""

from datetime import date

import pytest

from nuanyang.casework.data_requests.rules import (
    FIELDS,
    PARTS,
    days_left,
    desk_of,
    due_on,
    holds_number,
    is_overdue,
    outcomes_of,
    shown_state,
    value_fault,
)
from nuanyang.casework.data_requests.rules.catalogue import EMPTIED

DUE = date(2026, 9, 16)


def test_the_day_of_asking_does_not_count() -> None:
    assert due_on(date(2026, 9, 1), 15) == DUE
    assert (days_left(DUE, date(2026, 9, 16)), days_left(DUE, date(2026, 9, 18))) == (0, -2)


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("open", date(2026, 9, 16), False),
        ("open", date(2026, 9, 17), True),
        ("in_hand", date(2026, 9, 17), True),
        ("awaiting_approval", date(2026, 9, 17), True),
        ("fulfilled", date(2026, 9, 17), False),
        ("withdrawn", date(2026, 9, 17), False),
    ],
)
def test_overdue_is_what_nobody_has_answered_in_time(state: str, day: date, expected: bool) -> None:
    assert is_overdue(state, DUE, day) is expected


@pytest.mark.parametrize(
    ("kind", "field", "parts", "desk", "data_class"),
    [
        ("correct", "name", [], "registrar", "basic"),
        ("correct", "address", [], "registrar", "contact"),
        ("correct", "identity", [], "registrar", "identity"),
        ("correct", "results", [], "moral_education", "academic"),
        ("correct", "other", [], "moral_education", "family"),
        ("copy", None, [], "registrar", "basic"),
        ("erase", None, ["own_details"], "registrar", "contact"),
        ("erase", None, ["own_details", "register"], "registrar", "contact"),
        ("erase", None, ["register", "support", "results"], "moral_education", "family"),
    ],
)
def test_whose_desk_and_of_which_class(kind: str, field: str | None, parts: list[str], desk: str, data_class: str) -> None:
    assert desk_of(kind, field, parts) == (desk, data_class)


@pytest.mark.parametrize(
    ("kind", "field", "parts", "expected"),
    [
        ("correct", "name", [], {"fulfilled", "refused"}),
        ("correct", "results", [], {"fulfilled", "partly", "refused"}),
        ("copy", None, [], {"fulfilled", "partly", "refused"}),
        ("erase", None, ["own_details"], {"fulfilled", "refused"}),
        ("erase", None, ["own_details", "results"], {"partly", "refused"}),
        ("erase", None, ["results", "register", "support"], {"refused"}),
    ],
)
def test_what_must_be_kept_is_never_said_to_be_erased(kind: str, field: str | None, parts: list[str], expected: set[str]) -> None:
    assert set(outcomes_of(kind, field, parts)) == expected


def test_every_part_is_either_emptied_or_kept_by_a_law_that_is_named() -> None:
    assert {part for part, one in PARTS.items() if one.is_erasable} == EMPTIED.keys()
    assert all(all(one.law) for one in PARTS.values() if one.law is not None)


@pytest.mark.parametrize("text", ["110101201305060019", "证号 11010120130506001X 有误", "G110101201305060019"])
def test_an_identity_number_is_recognised(text: str) -> None:
    assert holds_number(text)
    assert not holds_number("电话 13812345678，2013-05-06 出生")


@pytest.mark.parametrize(
    ("field", "value", "is_right"),
    [
        ("name", "王晓明", True),
        ("name", None, False),
        ("sex", "female", True),
        ("sex", "女", False),
        ("birth_on", "2013-05-06", True),
        ("birth_on", "2013-02-30", False),
        ("birth_on", "20130506", False),
        ("phone", "13812345678", True),
        ("phone", "没有", False),
        ("results", None, True),
    ],
)
def test_a_value_is_one_that_can_be_written(field: str, value: str | None, is_right: bool) -> None:
    assert (value_fault(field, value) is None) is is_right
    assert field in FIELDS


def test_a_family_does_not_see_who_has_to_agree() -> None:
    assert shown_state("awaiting_approval") == "in_hand"
    assert shown_state("refused") == "refused"
