"""Public holidays and make-up workdays as the State Council announces them, each year in the autumn before."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import Holiday

_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


@dataclass(frozen=True, slots=True)
class Workdays:
    """One calendar year. Where nothing is announced yet (`is_known` false) Monday to Friday are taken for workdays."""

    year: int
    is_known: bool
    working: frozenset[date]
    holidays: dict[date, str]  # the days off of a festival, the weekend within it included
    made_up: dict[date, str]  # Saturdays and Sundays on which people work for it


@cache
def workdays_of(year: int) -> Workdays:
    """What is known of a year."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    try:
        details = [(day, *chinese_calendar.get_holiday_detail(day)) for day in days]
    except NotImplementedError:
        return Workdays(year, False, frozenset(day for day in days if day.weekday() < 5), {}, {})
    return Workdays(
        year,
        True,
        frozenset(day for day, is_off, _ in details if not is_off),
        {day: _NAMES.get(name, name) for day, is_off, name in details if is_off and name},
        {day: _NAMES.get(name, name) for day, is_off, name in details if not is_off and name},
    )
