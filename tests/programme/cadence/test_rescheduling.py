"""A change in mid-term, on days that one can look up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nuanyang.programme.cadence.rules import Cadence, Obligation, Occurrence, expected, reschedule
from nuanyang.programme.calendar.rules import Override
from tests.factories.calendars import CALENDAR, TERMS, a_calendar

AUTUMN = (date(2026, 9, 1), date(2027, 1, 29))
TUTORING = Obligation.of("A1.3|group", Cadence("week", 2), date(2026, 1, 1))
CONTEST = Obligation.of("L3.2|school", Cadence("term", runs_on="school_days"), date(2026, 1, 1))


def keys(those: Sequence[Occurrence]) -> list[str]:
    return [one.key.partition("/")[2] for one in those]


def test_a_storm_on_wednesday_takes_one_session_of_its_week_and_leaves_the_others_alone():
    storm = a_calendar(overrides=[Override(date(2026, 9, day), "day_off", "台风停课") for day in (16, 17, 18)])
    change = reschedule(expected(TUTORING, CALENDAR, *AUTUMN), expected(TUTORING, storm, *AUTUMN), date(2026, 9, 16))
    assert keys(change.withdrawn) == ["w2026-09-14/2"]
    assert keys(change.moved) == ["w2026-09-14/1"] and not change.added
    assert [one.due_on for one in change.moved] == [date(2026, 9, 20)], "a make-up Sunday is left"


def test_what_was_done_stays_though_the_week_now_asks_for_less():
    storm = a_calendar(overrides=[Override(date(2026, 9, day), "day_off", "台风停课") for day in (16, 17, 18, 20)])
    before, after = expected(TUTORING, CALENDAR, *AUTUMN), expected(TUTORING, storm, *AUTUMN)
    done = "A1.3|group/w2026-09-14/2"
    change = reschedule(before, after, date(2026, 9, 16), settled={done})
    assert keys(change.withdrawn) == ["w2026-09-14/1"] and done in {one.key for one in change.kept}


def test_a_day_off_that_is_told_a_month_later_changes_nothing_of_the_past():
    known_late = a_calendar(overrides=[Override(date(2026, 9, day), "day_off", "停课") for day in range(7, 12)])
    before = expected(TUTORING, CALENDAR, *AUTUMN)
    change = reschedule(before, expected(TUTORING, known_late, *AUTUMN), date(2026, 10, 12))
    assert change.occurrences == before and not change.withdrawn


def test_a_term_that_ends_sooner_moves_what_is_due_and_makes_nobody_late():
    sooner = a_calendar(terms=[*TERMS[:2], replace(TERMS[2], ends_on=date(2027, 1, 15))])
    before, after = expected(CONTEST, CALENDAR, *AUTUMN), expected(CONTEST, sooner, *AUTUMN)
    assert [one.due_on for one in reschedule(before, after, date(2026, 12, 1)).moved] == [date(2027, 1, 15)]
    assert [one.due_on for one in reschedule(before, after, date(2027, 1, 20)).moved] == [date(2027, 1, 20)], "told five days too late"


def test_a_term_that_was_over_is_not_opened_again():
    longer = a_calendar(terms=[*TERMS[:2], replace(TERMS[2], ends_on=date(2027, 2, 5))])
    before, after = expected(CONTEST, CALENDAR, *AUTUMN), expected(CONTEST, longer, *AUTUMN)
    assert reschedule(before, after, date(2027, 2, 1)).occurrences == before


def test_a_clause_that_asks_for_more_from_a_thursday_on():
    more = TUTORING.changed(Cadence("week", 5), date(2026, 9, 17))
    change = reschedule(expected(TUTORING, CALENDAR, *AUTUMN), expected(more, CALENDAR, *AUTUMN), date(2026, 9, 17))
    weeks = [one.slot.period for one in change.occurrences]
    # 2 × 3/6 + 5 × 3/6, for its Sunday is made up for: 3.5, rounded up.
    assert (weeks.count("w2026-09-07"), weeks.count("w2026-09-14"), weeks.count("w2026-09-21")) == (2, 4, 4)


def test_a_plan_that_ends_takes_what_nobody_has_done_yet():
    ended = TUTORING.ended(date(2026, 9, 23))
    change = reschedule(expected(TUTORING, CALENDAR, *AUTUMN), expected(ended, CALENDAR, *AUTUMN), date(2026, 9, 24))
    assert change.occurrences[-1].slot.period == "w2026-09-21" and all(one.opens_on >= date(2026, 9, 21) for one in change.withdrawn)


def test_from_weekly_to_monthly_the_broken_week_and_the_broken_month_both_count():
    monthly = TUTORING.changed(Cadence("month", 2), date(2026, 9, 16))
    change = reschedule(expected(TUTORING, CALENDAR, *AUTUMN), expected(monthly, CALENDAR, *AUTUMN), date(2026, 9, 16))
    assert keys(change.added)[:2] == ["m2026-09/1", "m2026-10/1"]
    assert keys(change.withdrawn)[0] == "w2026-09-14/2" and "w2026-09-14/1" in keys(change.occurrences)
