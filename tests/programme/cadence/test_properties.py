"""What holds for every calendar, cadence, change and book of records that Hypothesis can think of."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nuanyang.programme.cadence.rules import (
    EVERY_MONTH,
    Cadence,
    Obligation,
    Record,
    expected,
    expected_of,
    judge,
    reschedule,
)
from nuanyang.programme.cadence.rules.obligations import PERS
from nuanyang.programme.calendar.rules import RUNS_ON, SchoolCalendar
from tests.factories.calendars import CALENDAR, calendars, days

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHOLE = (date(2025, 9, 1), date(2026, 12, 31))
MANY = settings(max_examples=120)
DAY = timedelta(days=1)


@st.composite
def cadences(draw, pers=tuple(per for per in PERS if per not in {"once", "clock"})) -> Cadence:
    months = draw(st.one_of(st.just(EVERY_MONTH), st.frozensets(st.integers(1, 12), min_size=1)))
    return Cadence(
        draw(st.sampled_from(pers)),
        draw(st.integers(1, 6)),
        draw(st.sampled_from(RUNS_ON)),
        months,
        draw(st.integers(0, 10)),
        first_month=draw(st.sampled_from([1, 9])),
    )


@st.composite
def obligations(draw, pers=None) -> Obligation:
    since = draw(days)
    until = draw(st.one_of(st.none(), st.integers(0, 500).map(lambda n: min(since + timedelta(days=n), date(2026, 12, 31)))))
    cadence = draw(cadences() if pers is None else cadences(pers))
    return Obligation.of("clause|who", cadence, since, until)


@MANY
@given(obligations(), calendars(), days)
def test_side_by_side_spans_give_what_the_whole_gives(obligation, calendar, cut):
    begin, end = WHOLE
    parts = [*expected(obligation, calendar, begin, cut), *expected(obligation, calendar, min(cut + DAY, end), end)] if cut < end else []
    whole = expected(obligation, calendar, begin, end)
    assume(cut < end)
    assert Counter(one.key for one in parts) == Counter(one.key for one in whole), "nothing twice, nothing left out"
    assert set(parts) == set(whole), "and on the same days"


@MANY
@given(obligations(), calendars())
def test_it_opens_and_falls_due_on_days_of_its_own(obligation, calendar: SchoolCalendar):
    (stretch,) = obligation.stretches
    runs_on = stretch.cadence.runs_on
    found = expected(obligation, calendar, *WHOLE)
    assert len({one.key for one in found}) == len({one.id for one in found}) == len(found)
    known = calendar.terms_known_until
    for one in found:
        assert calendar.runs(runs_on, one.opens_on), "nothing begins on a day on which it does not run"
        assert stretch.since <= one.opens_on <= one.due_on <= one.grace_until
        assert one.opens_on.month in stretch.cadence.months and one.due_on.month in stretch.cadence.months
        assert stretch.until is None or one.due_on <= stretch.until
        if stretch.cadence.per in {"quarter", "year"} and one.due_on > known:
            continue  # more terms will come
        last = calendar.last_of(runs_on, one.opens_on, one.due_on)
        assert calendar.with_weekend(last, one.due_on) == one.due_on, "after the last day that counts only a plain weekend may follow"
        if runs_on in {"teaching_weeks", "school_days"}:
            assert not calendar.periods_of(one.due_on, "holiday") or calendar.is_school_day(one.due_on)
            assert calendar.term_of(one.due_on) or calendar.is_school_day(last)
        if one.grace_until != one.due_on:
            assert calendar.runs("whole_year", one.grace_until)


@MANY
@given(obligations(), calendars())
def test_a_period_asks_for_no_more_than_the_clause_and_for_all_of_it_when_nothing_breaks_it(obligation, calendar):
    (stretch,) = obligation.stretches
    numbers = Counter(one.slot.period for one in expected(obligation, calendar, *WHOLE))
    assert all(number <= stretch.cadence.times for number in numbers.values())
    for one in expected(obligation, calendar, *WHOLE):
        assert numbers[one.slot.period] == one.slot.count and 1 <= one.ordinal <= one.slot.count


@MANY
@given(obligations(("week",)), calendars(), days)
def test_a_week_is_half_up_of_its_own_days_and_of_nothing_else(obligation, calendar, day):
    (stretch,) = obligation.stretches
    monday = day - timedelta(days=day.weekday())
    assume(monday >= WHOLE[0])
    cadence = stretch.cadence
    week = [monday + timedelta(days=n) for n in range(7)]
    own = [d for d in week if d.month in cadence.months and d >= stretch.since and (stretch.until is None or d <= stretch.until)]
    counted = sum(calendar.runs(cadence.runs_on, d) for d in own)
    unbroken = 7 if cadence.runs_on == "calendar_days" else 5
    in_months = sum(d.month in cadence.months for d in week) if unbroken == 7 else 5
    numbers = Counter(one.slot.period for one in expected(obligation, calendar, monday, week[-1]))
    quota = cadence.times * min(counted, in_months) / in_months if in_months else 0
    assert abs(numbers[f"w{monday}"] - quota) <= 0.5


@given(cadences(), calendars(), days, st.integers(0, 300))
def test_the_same_cadence_in_two_stretches_is_one_cadence(cadence, calendar, since, length):
    one = Obligation.of("clause|who", cadence, since)
    two = one.changed(cadence, since + timedelta(days=length))
    assume(since + timedelta(days=length) <= WHOLE[1])
    assert Counter(o.key for o in expected(one, calendar, *WHOLE)) == Counter(o.key for o in expected(two, calendar, *WHOLE))


@given(st.lists(obligations(), max_size=8), calendars(), days, st.integers(0, 60))
def test_many_at_once_are_what_each_is_alone(those, calendar, begin, length):
    end = min(begin + timedelta(days=length), WHOLE[1])
    named = [Obligation(f"clause|{n}", one.stretches) for n, one in enumerate(those)]
    assert expected_of(named, calendar, begin, end) == [o for one in named for o in expected(one, calendar, begin, end)]


# -- changes ------------------------------------------------------------------------------------------------------------------


@st.composite
def changes(draw):
    """A calendar, a plan or a clause that changes on a day; some of what was expected is done or waived by then."""
    before = draw(obligations())
    changed_on = draw(days)
    how = draw(st.sampled_from(["calendar", "clause", "end", "all"]))
    after, old = before, draw(calendars())
    new = draw(calendars()) if how in {"calendar", "all"} else old
    if how in {"clause", "all"} and changed_on > before.stretches[0].since:
        after = before.changed(draw(cadences()), changed_on)
    if how == "end":
        after = before.ended(changed_on - DAY)
    was, comes = expected(before, old, *WHOLE), expected(after, new, *WHOLE)
    settled = {one.key for one in was if one.opens_on <= changed_on and draw(st.booleans())}
    return was, comes, changed_on, settled


@MANY
@given(changes())
def test_past_ones_never_change_and_none_is_doubled_or_lost(change):
    was, comes, changed_on, settled = change
    result = reschedule(was, comes, changed_on, settled)
    now = result.occurrences
    past = {one for one in was if one.due_on < changed_on}
    assert past <= set(now), "the past stays to the day"
    assert all(one in past for one in now if one.due_on < changed_on), "and nothing is expected of it afterwards"
    assert len({one.key for one in now}) == len(now), "none is doubled"
    assert {one.key for one in (*now, *result.withdrawn)} >= {one.key for one in was}, "none is lost without a word"
    assert not {one.key for one in now} & {one.key for one in result.withdrawn}
    assert settled <= {one.key for one in now}, "what was done stays"
    assert not any(one.key in settled or one in past for one in result.withdrawn)


@MANY
@given(changes())
def test_running_and_coming_periods_have_the_new_number(change):
    was, comes, changed_on, settled = change
    now = reschedule(was, comes, changed_on, settled).occurrences
    frozen = {one.group for one in was if one.due_on < changed_on}
    numbers, wanted = Counter(one.group for one in now), Counter(one.group for one in comes)
    done = Counter(one.group for one in was if one.key in settled)
    over = {one.group for one in comes if one.due_on < changed_on} - {one.group for one in was}
    for group in {*numbers, *wanted} - frozen - over:
        assert numbers[group] == max(wanted[group], done[group])


@MANY
@given(changes())
def test_nobody_is_late_by_a_change_and_what_was_open_stays_open(change):
    was, comes, changed_on, settled = change
    before = {one.key: one for one in was}
    for one in reschedule(was, comes, changed_on, settled).moved:
        assert one.due_on >= changed_on
        if before[one.key].opens_on < changed_on:
            assert one.opens_on <= before[one.key].opens_on
        assert one.opens_on <= one.due_on <= one.grace_until


@given(changes())
def test_a_change_told_twice_is_one_change_and_no_change_changes_nothing(change):
    was, comes, changed_on, settled = change
    once = reschedule(was, comes, changed_on, settled).occurrences
    assert set(reschedule(once, comes, changed_on, settled).occurrences) == set(once)
    assert set(reschedule(was, was, changed_on, settled).occurrences) == set(was)


# -- records ------------------------------------------------------------------------------------------------------------------

WEEKLY = Obligation.of("clause|who", Cadence("week", 2, grace_days=4), date(2026, 9, 1), date(2026, 11, 30))
OCCURRENCES = expected(WEEKLY, CALENDAR, date(2026, 9, 1), date(2026, 11, 30))
END = datetime(2027, 6, 1, tzinfo=SHANGHAI)


@st.composite
def records(draw, most=40) -> list[Record]:
    found = []
    for n in range(draw(st.integers(0, most))):
        held_on = draw(st.dates(date(2026, 8, 25), date(2026, 12, 10)))
        entered = datetime.combine(held_on + timedelta(days=draw(st.integers(0, 40))), time(12), SHANGHAI)
        found.append(Record(f"r{n:02d}", "tutoring", held_on, entered, minutes=draw(st.integers(0, 60))))
    return found


def met(those, obligation=WEEKLY) -> dict[str, tuple[str, ...]]:
    return {one.occurrence.key: one.record_ids for one in judge(obligation, OCCURRENCES, those, END) if one.record_ids}


@MANY
@given(records())
def test_a_record_meets_one_occurrence_at_most_and_within_its_time(those):
    judged = judge(WEEKLY, OCCURRENCES, those, END)
    used = [record_id for one in judged for record_id in one.record_ids]
    assert len(used) == len(set(used)) and all(len(one.record_ids) <= 1 for one in judged)
    for one in judged:
        assert bool(one.record_ids) == (one.state in {"met", "late", "backfilled"})
        if one.held_on:
            assert one.occurrence.opens_on <= one.held_on <= one.occurrence.grace_until
            assert (one.state == "late") == (one.held_on > one.occurrence.due_on)
            assert (one.state == "backfilled") <= (one.entered_at.date() > one.occurrence.grace_until)
    idle = [record for record in those if record.id not in used]
    empty = [one.occurrence for one in judged if not one.record_ids]
    assert not [(r, o) for r in idle for o in empty if o.opens_on <= r.held_on <= o.grace_until], "none lies idle that could meet one"


@MANY
@given(records(), st.randoms(use_true_random=False))
def test_the_order_in_which_records_are_read_is_no_matter(those, random):
    mixed = list(those)
    random.shuffle(mixed)
    assert judge(WEEKLY, OCCURRENCES, mixed, END) == judge(WEEKLY, OCCURRENCES, those, END)


@MANY
@given(records(), st.integers(0, 40))
def test_a_record_entered_later_never_changes_what_an_earlier_one_met(those, cut):
    in_order = sorted(those, key=lambda record: (record.entered_at, record.held_on, record.id))
    dose = Obligation.of("clause|who", Cadence("week", 2, grace_days=4), date(2026, 9, 1), date(2026, 11, 30), minutes=40)
    for obligation in (WEEKLY, dose):
        early, late = met(in_order[:cut], obligation), met(in_order, obligation)
        assert all(late[key][: len(ids)] == ids for key, ids in early.items())


@MANY
@given(records(), records(most=1))
def test_one_more_record_whenever_it_was_made_costs_nobody_an_occurrence(those, more):
    added = [Record("one more", *(getattr(record, name) for name in ("kind", "held_on", "entered_at"))) for record in more]
    before, after = met(those), met([*those, *added])
    assert set(before) <= set(after) and len(after) <= len(before) + len(added)


@given(records(), st.integers(1, 60))
def test_the_minutes_of_a_dose_are_those_of_its_records(those, minutes):
    dose = Obligation.of("clause|who", Cadence("week", 2, grace_days=4), date(2026, 9, 1), date(2026, 11, 30), minutes=minutes)
    known = {record.id: record for record in those}
    used: list[str] = []
    for one in judge(dose, OCCURRENCES, those, END):
        used += one.record_ids
        assert one.minutes == sum(known[record_id].minutes for record_id in one.record_ids)
        assert (one.state in {"met", "late", "backfilled"}) == (one.minutes >= minutes)
        assert sum(known[record_id].minutes for record_id in one.record_ids[:-1]) < minutes, "a full one takes no more"
    assert len(used) == len(set(used))
