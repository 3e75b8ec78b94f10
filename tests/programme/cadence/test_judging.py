"""How it went, from real records."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from nuanyang.programme.cadence.rules import Cadence, Obligation, Record, Waiver, expected, judge
from tests.factories.calendars import CALENDAR

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 7)
WEEKLY = Obligation.of("A2.2|student", Cadence("week", grace_days=3), date(2026, 1, 1), kinds=frozenset({"A2.2"}))


def at(day: date, hour: int = 16) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def held(day: date, entered: date | None = None, *, kind: str = "A2.2", minutes: int = 0, hour: int = 16) -> Record:
    return Record(f"{kind} {day} {hour} {entered}", kind, day, at(entered or day, hour), at(day, hour), minutes)


def states(obligation, records, as_of: date, weeks: int = 1, waivers=None) -> list[str]:
    those = expected(obligation, CALENDAR, MONDAY, MONDAY + timedelta(days=7 * weeks - 1))
    return [one.state for one in judge(obligation, those, records, at(as_of, 23), waivers)]


# The week is due on Sunday the 13th; its grace ends on Wednesday the 16th.
@pytest.mark.parametrize(
    ("records", "as_of", "state"),
    [
        ([], date(2026, 9, 7), "due"),
        ([], date(2026, 9, 13), "due"),
        ([], date(2026, 9, 14), "in_grace"),
        ([], date(2026, 9, 16), "in_grace"),
        ([], date(2026, 9, 17), "missed"),
        ([held(date(2026, 9, 9))], date(2026, 12, 1), "met"),
        ([held(date(2026, 9, 9), date(2026, 9, 16))], date(2026, 12, 1), "met"),
        ([held(date(2026, 9, 9), date(2026, 9, 17))], date(2026, 9, 16), "in_grace"),
        ([held(date(2026, 9, 9), date(2026, 9, 17))], date(2026, 9, 17), "backfilled"),
        ([held(date(2026, 9, 14))], date(2026, 12, 1), "late"),
        ([held(date(2026, 9, 17))], date(2026, 12, 1), "missed"),
        ([held(date(2026, 9, 6))], date(2026, 12, 1), "missed"),
        ([held(date(2026, 9, 9), kind="A1.3")], date(2026, 12, 1), "missed"),
    ],
)
def test_the_states_of_a_weekly_duty(records, as_of, state):
    assert states(WEEKLY, records, as_of) == [state]


def test_a_record_counts_once_and_for_its_own_week_first():
    monday_after = held(date(2026, 9, 14))
    assert states(WEEKLY, [monday_after], date(2026, 12, 1), weeks=2) == ["missed", "met"]
    assert states(WEEKLY, [monday_after, held(date(2026, 9, 15))], date(2026, 12, 1), weeks=2) == ["late", "met"]


def test_what_was_entered_afterwards_keeps_its_date_and_puts_nobody_elses_entry_aside():
    in_time, afterwards = held(date(2026, 9, 10)), held(date(2026, 9, 8), date(2026, 10, 20))
    those = expected(WEEKLY, CALENDAR, MONDAY, MONDAY)
    (one,) = judge(WEEKLY, those, [afterwards, in_time], at(date(2026, 12, 1)))
    assert (one.state, one.record_ids) == ("met", (in_time.id,))
    (one,) = judge(WEEKLY, those, [afterwards], at(date(2026, 12, 1)))
    assert (one.state, one.held_on, one.entered_at) == ("backfilled", date(2026, 9, 8), afterwards.entered_at)


def test_waived_says_by_whom_and_why_and_what_was_done_all_the_same_counts():
    (key,) = [one.key for one in expected(WEEKLY, CALENDAR, MONDAY, MONDAY)]
    waiver = Waiver(key, "德育处 王老师", "学生住院")
    assert states(WEEKLY, [], date(2026, 12, 1), waivers={key: waiver}) == ["waived"]
    assert states(WEEKLY, [held(date(2026, 9, 9))], date(2026, 12, 1), waivers={key: waiver}) == ["met"]
    (one,) = judge(WEEKLY, expected(WEEKLY, CALENDAR, MONDAY, MONDAY), [], at(MONDAY), {key: waiver})
    assert one.waiver == waiver


@pytest.mark.parametrize(
    ("hours", "entered_after", "state"),
    [(23, 23, "met"), (24, 24, "met"), (25, 25, "late"), (23, 30, "backfilled"), (200, 201, "late"), (None, None, "missed")],
)
def test_p1_2_started_within_24_hours(hours, entered_after, state):
    known_at = datetime(2026, 10, 1, 22, 30, tzinfo=SHANGHAI)
    crisis = Obligation.clock("P1.2|crisis", known_at, 24)
    started = [] if hours is None else [known_at + timedelta(hours=hours)]
    records = [Record("first action", "crisis_action", i.date(), known_at + timedelta(hours=entered_after), i) for i in started]
    those = expected(crisis, CALENDAR, date(2026, 10, 1), date(2026, 10, 1))
    assert [one.state for one in judge(crisis, those, records, known_at + timedelta(days=30))] == [state]


def test_p1_2_the_clock_stands_at_due_until_its_last_minute_and_a_day_alone_proves_nothing():
    known_at = datetime(2026, 10, 1, 22, 30, tzinfo=SHANGHAI)
    crisis = Obligation.clock("P1.2|crisis", known_at, 24)
    those = expected(crisis, CALENDAR, date(2026, 10, 1), date(2026, 10, 1))
    assert [judge(crisis, those, [], known_at + timedelta(hours=hours))[0].state for hours in (24, 25)] == ["due", "missed"]
    undated = Record("no instant", "crisis_action", date(2026, 10, 2), known_at + timedelta(hours=1))
    assert judge(crisis, those, [undated], known_at + timedelta(hours=30))[0].state == "missed"


def test_a_dose_is_met_by_the_minutes_of_several_sessions_and_a_session_counts_for_one_dose():
    dose = Obligation.of("plan|measure", Cadence("week", 2), date(2026, 1, 1), minutes=40)
    twice = [held(MONDAY, minutes=20), held(date(2026, 9, 8), minutes=20), held(date(2026, 9, 9), minutes=30)]
    those = expected(dose, CALENDAR, MONDAY, MONDAY)
    first, second = judge(dose, those, twice, at(date(2026, 12, 1)))
    assert (first.state, first.minutes, len(first.record_ids)) == ("met", 40, 2)
    assert (second.state, second.minutes, len(second.record_ids)) == ("missed", 30, 1)
    absent = [*twice, held(date(2026, 9, 10), minutes=0), held(date(2026, 9, 11), minutes=90)]
    assert [one.state for one in judge(dose, those, absent, at(date(2026, 12, 1)))] == ["met", "met"]


def test_a_record_that_is_entered_later_is_not_known_before():
    assert states(WEEKLY, [held(date(2026, 9, 9), date(2026, 9, 20))], date(2026, 9, 19)) == ["missed"]
