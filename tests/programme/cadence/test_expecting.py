"""What each clause of the programme asks for, on days that one can look up."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nuanyang.programme.cadence.rules import Cadence, Obligation, Stretch, expected
from tests.factories.calendars import CALENDAR, FIRST, LAST, a_calendar

LONG_AGO = date(2025, 1, 1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
YEAR_2026 = (date(2026, 1, 1), date(2026, 12, 31))
TUTORING = Cadence("week", 2)


def owed(cadence: Cadence, begin: date, end: date, since: date = LONG_AGO, until: date | None = None):
    return expected(Obligation.of("clause|who", cadence, since, until), CALENDAR, begin, end)


def by_period(cadence: Cadence, begin: date, end: date, **more) -> dict[str, int]:
    return dict(Counter(one.slot.period for one in owed(cadence, begin, end, **more)))


def test_p1_2_a_crisis_clock_runs_24_hours_by_night_and_on_holidays():
    known_at = datetime(2026, 10, 1, 22, 30, tzinfo=SHANGHAI)  # in the evening of 国庆节
    (one,) = expected(Obligation.clock("P1.2|crisis", known_at, 24), CALENDAR, FIRST, LAST)
    assert one.slot.due_at == datetime(2026, 10, 2, 14, 30, tzinfo=UTC)
    assert (one.opens_on, one.due_on, one.grace_until) == (date(2026, 10, 1), date(2026, 10, 2), None)


def test_p1_2_the_day_on_which_a_clock_starts_is_the_schools_own():
    known_at = datetime(2026, 10, 1, 17, 0, tzinfo=UTC)  # 01:00 of the second in Shanghai
    assert expected(Obligation.clock("P1.2|crisis", known_at, 24), CALENDAR, date(2026, 10, 2), date(2026, 10, 2))
    assert not expected(Obligation.clock("P1.2|crisis", known_at, 24), CALENDAR, date(2026, 10, 1), date(2026, 10, 1))


def test_s1_2_daily_on_school_days_and_a_make_up_saturday_is_one():
    found = owed(Cadence("day", runs_on="school_days"), date(2026, 9, 28), date(2026, 10, 11))
    assert [one.due_on.isoformat() for one in found] == ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    assert all(one.opens_on == one.due_on for one in found)


def test_s1_2_one_may_choose_a_feedback_each_week_from_a_day_on():
    daily = Cadence("day", runs_on="school_days")
    weekly = Obligation.of("S1.2|child", daily, LONG_AGO).changed(Cadence("week", runs_on="school_days"), date(2026, 9, 16))
    found = expected(weekly, CALENDAR, date(2026, 9, 14), date(2026, 9, 20))
    # Monday and Tuesday day by day; of the week four school days are left with the make-up Sunday, so one more is owed.
    assert [one.key for one in found] == ["S1.2|child/d2026-09-14/1", "S1.2|child/d2026-09-15/1", "S1.2|child/w2026-09-14/1"]


@pytest.mark.parametrize(
    ("monday", "times", "why"),
    [
        (date(2026, 9, 7), 2, "five school days"),
        (date(2026, 8, 31), 2, "four of five days: 1.6"),
        (date(2026, 9, 28), 1, "three of five days before 国庆节: 1.2"),
        (date(2026, 10, 5), 1, "Thursday, Friday and the make-up Saturday: 1.2"),
        (date(2026, 9, 14), 2, "a make-up Sunday makes six days and asks for no third time"),
        (date(2026, 1, 19), 0, "an exam week"),
        (date(2026, 2, 2), 0, "寒假"),
        (date(2026, 2, 9), 0, "寒假, though people work on its Saturday"),
    ],
)
def test_a1_3_twice_a_week_and_broken_weeks_pro_rata(monday, times, why):
    assert len(owed(TUTORING, monday, monday + timedelta(days=6))) == times, why


def test_a1_3_the_weeks_work_may_be_done_until_sunday_but_never_in_a_festival():
    week = owed(TUTORING, date(2026, 9, 7), date(2026, 9, 7))
    assert [(one.key, one.opens_on, one.due_on) for one in week] == [
        ("clause|who/w2026-09-07/1", date(2026, 9, 7), date(2026, 9, 13)),
        ("clause|who/w2026-09-07/2", date(2026, 9, 7), date(2026, 9, 13)),
    ]
    assert {one.due_on for one in owed(TUTORING, date(2026, 9, 28), date(2026, 9, 30))} == {date(2026, 9, 30)}


def test_a1_3_who_joins_on_thursday_owes_what_thursday_and_friday_are_worth():
    assert by_period(TUTORING, date(2026, 9, 7), date(2026, 9, 20), since=date(2026, 9, 10)) == {"w2026-09-07": 1, "w2026-09-14": 2}
    assert by_period(TUTORING, date(2026, 9, 7), date(2026, 9, 20), since=date(2026, 9, 11)) == {"w2026-09-14": 2}  # 0.4 of one


def test_s3_3_one_tutoring_and_one_companionship_a_week_are_two_obligations():
    tutoring, company = (Obligation.of(f"S3.3|pair|{kind}", Cadence("week"), LONG_AGO) for kind in ("tutoring", "companionship"))
    week = (date(2026, 9, 7), date(2026, 9, 13))
    assert [one.key for each in (tutoring, company) for one in expected(each, CALENDAR, *week)] == [
        "S3.3|pair|tutoring/w2026-09-07/1",
        "S3.3|pair|companionship/w2026-09-07/1",
    ]


def test_s1_1_monthly_in_term_and_the_months_of_the_vacations_are_broken():
    months = by_period(Cadence("month"), *YEAR_2026)
    assert list(months) == [f"m2026-{month:02d}" for month in (1, 3, 4, 5, 6, 9, 10, 11, 12)]  # eight days of July are a third of one
    assert set(months.values()) == {1}


def test_i2_1_a_meeting_each_month_from_march_to_november():
    months = by_period(Cadence("month", runs_on="whole_year", months=frozenset(range(3, 12))), *YEAR_2026)
    assert months == {f"m2026-{month:02d}": 1 for month in range(3, 12)}


def test_p2_1_four_a_term_however_short_the_term():
    found = owed(Cadence("term", 4), *YEAR_2026)
    assert [(one.key, one.opens_on, one.due_on) for one in found[:4]] == [
        (f"clause|who/t2025-2026.2/{n}", date(2026, 3, 2), date(2026, 7, 10)) for n in (1, 2, 3, 4)
    ]
    late_comer = by_period(Cadence("term", 4), date(2026, 9, 1), date(2027, 1, 29), since=date(2026, 11, 16))
    assert late_comer == {"t2026-2027.1": 2}, "half of the term is left"


@pytest.mark.parametrize("clause", ["P3.1", "L3.2", "M3.2"])
def test_once_a_term_by_its_last_school_day(clause):
    found = expected(Obligation.of(f"{clause}|school", Cadence("term", runs_on="school_days"), LONG_AGO), CALENDAR, *YEAR_2026)
    assert [(one.slot.period, one.due_on) for one in found] == [("t2025-2026.2", date(2026, 7, 10)), ("t2026-2027.1", date(2027, 1, 29))]


def test_i2_2_an_evaluation_each_quarter_of_the_editions_own_year():
    assert list(by_period(Cadence("quarter"), *YEAR_2026)) == ["q2026-01", "q2026-04", "q2026-07", "q2026-10"]
    september = by_period(Cadence("quarter", first_month=9), date(2025, 9, 1), date(2026, 8, 31))
    assert list(september) == ["q2025-09", "q2025-12", "q2026-03", "q2026-06"]


def test_m4_1_once_a_year_and_no_sooner_due_than_the_year_ends_while_its_autumn_term_is_not_known():
    until_summer = a_calendar(terms=[term for term in CALENDAR.terms if term.key != "2026-2027.1"])
    (one,) = expected(Obligation.of("M4.1|school", Cadence("year"), LONG_AGO), until_summer, *YEAR_2026)
    assert (one.slot.period, one.due_on) == ("y2026-01", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("clause", "months", "opens_on", "due_on"),
    [
        ("I1.1", {1, 2}, date(2026, 1, 4), date(2026, 2, 28)),  # both of them make-up workdays
        ("I3.1", {12}, date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_steps_of_the_year_have_a_window_of_months(clause, months, opens_on, due_on):
    cadence = Cadence("year", runs_on="whole_year", months=frozenset(months))
    (one,) = expected(Obligation.of(f"{clause}|school", cadence, LONG_AGO), CALENDAR, *YEAR_2026)
    assert (one.opens_on, one.due_on) == (opens_on, due_on)


def test_i2_3_within_a_phase_of_the_school_calendar():
    cadence = Cadence("phase", runs_on="whole_year", phase="暑期托管与心理夏令营")
    (one,) = owed(cadence, *YEAR_2026)
    assert (one.slot.period, one.opens_on, one.due_on) == ("pphase-2", date(2026, 6, 1), date(2026, 8, 31))
    assert [one.slot.period for one in owed(Cadence("phase", runs_on="whole_year"), *YEAR_2026)] == ["pphase-1", "pphase-2", "pphase-3"]


def test_l2_3_summer_care_runs_on_the_workdays_of_the_holidays():
    found = owed(Cadence("day", runs_on="holidays", months=frozenset({7, 8})), date(2026, 7, 1), date(2026, 9, 2))
    assert (found[0].due_on, found[-1].due_on) == (date(2026, 7, 13), date(2026, 8, 31))
    assert all(one.due_on.weekday() < 5 for one in found)


def test_once_is_owed_by_its_last_day_and_moved_with_it():
    once = Obligation("plan|step", (Stretch(Cadence("once"), date(2026, 9, 1), date(2026, 10, 1)),))
    moved = once.changed(Cadence("once"), date(2026, 9, 20), date(2026, 11, 2))
    assert [(one.key, one.due_on) for one in expected(once, CALENDAR, FIRST, LAST)] == [("plan|step/once/1", date(2026, 10, 1))]
    assert [(one.key, one.due_on) for one in expected(moved, CALENDAR, FIRST, LAST)] == [("plan|step/once/1", date(2026, 11, 2))]
    assert not expected(once.ended(date(2026, 9, 20)), CALENDAR, FIRST, LAST)
    put_off = once.changed(Cadence("once"), date(2026, 10, 5), date(2026, 11, 2))
    assert [(one.key, one.due_on) for one in expected(put_off, CALENDAR, FIRST, LAST)] == [("plan|step/once/1", date(2026, 11, 2))]


def test_grace_that_would_end_on_a_day_off_ends_on_the_next_workday():
    assert owed(Cadence("day", grace_days=1), date(2026, 9, 30), date(2026, 9, 30))[0].grace_until == date(2026, 10, 8)
    assert owed(Cadence("day", grace_days=1), date(2026, 9, 8), date(2026, 9, 8))[0].grace_until == date(2026, 9, 9)
    assert owed(Cadence("day"), date(2026, 9, 8), date(2026, 9, 8))[0].grace_until == date(2026, 9, 8)


def test_a_number_that_changes_in_midweek_counts_both_parts_of_the_week():
    more = Obligation.of("plan|dose", TUTORING, LONG_AGO).changed(Cadence("week", 5), date(2026, 9, 10))
    week = expected(more, CALENDAR, date(2026, 9, 7), date(2026, 9, 13))
    assert len(week) == 3  # 2 × 3/5 + 5 × 2/5 = 3.2


@pytest.mark.parametrize(
    "wrong",
    [
        {"per": "week", "times": 0},
        {"per": "fortnight"},
        {"per": "clock"},
        {"per": "week", "hours": 24},
        {"per": "week", "phase": "学业基础"},
        {"per": "month", "months": frozenset()},
        {"per": "month", "months": frozenset({13})},
        {"per": "week", "grace_days": -1},
    ],
)
def test_a_cadence_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        Cadence(**wrong)


def test_an_obligation_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="owed by a day"):
        Stretch(Cadence("once"), LONG_AGO)
    with pytest.raises(ValueError, match="follow each other"):
        Obligation("key", (Stretch(TUTORING, LONG_AGO), Stretch(TUTORING, date(2026, 1, 1))))
    with pytest.raises(ValueError, match="first knowledge"):
        Obligation.of("key", Cadence("clock", hours=24), LONG_AGO)
    with pytest.raises(ValueError, match="without a zone"):
        Obligation.clock("key", datetime(2026, 1, 1), 24)  # noqa: DTZ001 - that is the point


def test_ids_come_from_the_key_alone_and_lie_in_the_order_of_their_periods():
    first, second = owed(TUTORING, date(2026, 9, 7), date(2026, 9, 7))
    (later, *_) = owed(TUTORING, date(2026, 9, 14), date(2026, 9, 14))
    assert first.id.version == 8 and first.id.variant == "specified in RFC 4122"
    assert first.id != second.id and max(first.id, second.id) < later.id
    assert str(first.id) == str(owed(TUTORING, date(2026, 9, 1), date(2026, 9, 30))[2].id), "whatever was asked for besides"
