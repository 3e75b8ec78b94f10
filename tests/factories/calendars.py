"""School calendars: one as a school would have it, and any that Hypothesis can think of."""

from datetime import date, timedelta

from hypothesis import strategies as st

from nuanyang.programme.calendar.rules import Override, PeriodSpan, SchoolCalendar, TermSpan

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
TERMS = (
    TermSpan("2025-2026.1", "2025-2026学年第一学期", date(2025, 9, 1), date(2026, 1, 30)),
    TermSpan("2025-2026.2", "2025-2026学年第二学期", date(2026, 3, 2), date(2026, 7, 10)),
    TermSpan("2026-2027.1", "2026-2027学年第一学期", date(2026, 9, 1), date(2027, 1, 29)),
)
EXAMS = PeriodSpan("exam-1", "exam_week", "期末考试周", date(2026, 1, 19), date(2026, 1, 23))
PHASES = (
    PeriodSpan("phase-1", "phase", "学业基础", date(2026, 3, 1), date(2026, 5, 31)),
    PeriodSpan("phase-2", "phase", "暑期托管与心理夏令营", date(2026, 6, 1), date(2026, 8, 31)),
    PeriodSpan("phase-3", "phase", "社会生活与技能", date(2026, 9, 1), date(2026, 11, 30)),
)


def a_calendar(*, terms=TERMS, overrides=(), periods=(EXAMS, *PHASES)) -> SchoolCalendar:
    """Two school years whose festivals and make-up workdays are announced to the end of 2026."""
    return SchoolCalendar.of(FIRST, LAST, terms, overrides, periods)


CALENDAR = a_calendar()
days = st.dates(date(2025, 9, 1), date(2026, 12, 31))


@st.composite
def calendars(draw) -> SchoolCalendar:
    """Terms that begin and end on other days, days that the school moved, exam weeks and days off wherever they fall."""
    shifts = st.integers(-20, 20)
    terms = [
        TermSpan(term.key, term.name, term.starts_on + timedelta(days=draw(shifts)), term.ends_on + timedelta(days=draw(shifts)))
        for term in TERMS
    ]
    told = draw(st.dictionaries(days, st.sampled_from(["school_day", "day_off"]), max_size=12))
    overrides = [Override(day, kind, "调课") for day, kind in told.items()]
    kinds = st.sampled_from(["exam_week", "holiday", "phase"])
    periods = [
        PeriodSpan(f"period-{n}", kind, "一段", begin, begin + timedelta(days=length))
        for n, (kind, begin, length) in enumerate(draw(st.lists(st.tuples(kinds, days, st.integers(0, 60)), max_size=4)))
    ]
    return a_calendar(terms=terms, overrides=overrides, periods=periods)
