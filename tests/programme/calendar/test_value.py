"""What a school day is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanyang.programme.calendar.rules import RUNS_ON, DayUnknown, Override, PeriodSpan, SchoolCalendar, workdays_of
from tests.factories.calendars import CALENDAR, EXAMS, TERMS, a_calendar, calendars, days


@pytest.mark.parametrize(
    ("day", "is_school_day", "why"),
    [
        (date(2026, 9, 30), True, "an ordinary Wednesday"),
        (date(2026, 10, 1), False, "国庆节"),
        (date(2026, 10, 10), True, "a Saturday on which people work for 国庆节"),
        (date(2026, 9, 20), True, "a Sunday on which people work for it"),
        (date(2026, 9, 26), False, "中秋, and a Saturday besides"),
        (date(2026, 9, 12), False, "an ordinary Saturday"),
        (date(2026, 2, 4), False, "寒假: a workday, but not of school"),
        (date(2026, 7, 14), False, "暑假"),
        (date(2026, 2, 14), False, "a make-up workday in 寒假"),
    ],
)
def test_a_school_day_is_a_workday_of_a_term(day, is_school_day, why):
    assert CALENDAR.is_school_day(day) is is_school_day, why


def test_the_schools_own_word_goes_before_everything_else():
    storm = Override(date(2026, 9, 8), "day_off", "台风停课")
    open_day = Override(date(2026, 8, 30), "school_day", "新生报到")
    calendar = a_calendar(overrides=[storm, open_day])
    assert not calendar.is_school_day(storm.day) and calendar.is_school_day(open_day.day)
    assert not calendar.runs("whole_year", storm.day)


def test_days_off_within_a_term_are_holidays():
    autumn = PeriodSpan("h", "holiday", "秋假", date(2026, 11, 9), date(2026, 11, 13))
    calendar = a_calendar(periods=[autumn])
    assert not calendar.is_school_day(date(2026, 11, 11)) and calendar.runs("holidays", date(2026, 11, 11))
    assert not calendar.runs("holidays", date(2026, 11, 14)), "its weekend is a weekend"


def test_an_exam_week_has_school_days_and_is_no_teaching_week():
    day = EXAMS.starts_on
    assert CALENDAR.is_exam_week(day) and CALENDAR.is_school_day(day) and not CALENDAR.runs("teaching_weeks", day)


def test_years_nobody_announced_yet_are_named_and_count_monday_to_friday():
    assert CALENDAR.unknown_years == (2027,)
    assert CALENDAR.is_school_day(date(2027, 1, 4)) and not CALENDAR.is_school_day(date(2027, 1, 9))
    assert not workdays_of(2027).is_known and workdays_of(2026).holidays[date(2026, 10, 1)] == "国庆节"


def test_teaching_weeks_are_counted_from_the_terms_first_school_day():
    assert CALENDAR.teaching_week(date(2026, 9, 1)) == 1  # a Tuesday
    assert CALENDAR.teaching_week(date(2026, 9, 7)) == 2
    assert CALENDAR.teaching_week(date(2026, 10, 1)) == 5, "a festival does not stop the count"
    assert CALENDAR.teaching_week(date(2026, 8, 3)) is None
    assert CALENDAR.term_of(date(2026, 9, 1)).key == "2026-2027.1" and CALENDAR.term_of(date(2026, 8, 31)) is None
    assert CALENDAR.terms_known_until == TERMS[-1].ends_on


def test_who_asks_for_a_day_outside_the_calendar_gets_no_guess():
    with pytest.raises(DayUnknown):
        CALENDAR.is_school_day(date(2028, 1, 1))


def test_a_term_or_deadline_that_ends_on_a_day_off_ends_on_the_next_workday():
    assert CALENDAR.workday_from(date(2026, 10, 3)) == date(2026, 10, 8)
    assert CALENDAR.workday_from(date(2026, 9, 30)) == date(2026, 9, 30)


def test_a_week_ends_with_its_plain_weekend_and_before_a_festival_or_vacation():
    assert CALENDAR.with_weekend(date(2026, 9, 11), date(2026, 9, 13)) == date(2026, 9, 13)
    assert CALENDAR.with_weekend(date(2026, 9, 24), date(2026, 9, 27)) == date(2026, 9, 24)  # 中秋 from the 25th
    assert CALENDAR.with_weekend(date(2026, 1, 30), date(2026, 2, 1)) == date(2026, 1, 30)  # 寒假 from the 31st


@given(calendars(), days, st.integers(0, 200), st.sampled_from(RUNS_ON))
def test_counting_by_search_is_counting_by_looking_at_each_day(calendar: SchoolCalendar, begin, length, runs_on):
    end = begin + timedelta(days=length)
    those = [day for n in range(length + 1) if calendar.runs(runs_on, day := begin + timedelta(days=n))]
    assert calendar.count(runs_on, begin, end) == len(those)
    assert (calendar.first_of(runs_on, begin, end), calendar.last_of(runs_on, begin, end)) == (
        (those[0], those[-1]) if those else (None, None)
    )


@given(calendars(), days)
def test_what_a_day_counts_for_fits_together(calendar: SchoolCalendar, day):
    if calendar.runs("teaching_weeks", day):
        assert calendar.is_school_day(day) and not calendar.is_exam_week(day)
    if calendar.is_school_day(day):
        assert calendar.runs("whole_year", day) and not calendar.runs("holidays", day)
    assert calendar.runs("calendar_days", day)
