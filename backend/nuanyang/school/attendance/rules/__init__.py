"""Pure rules of attendance: sheets of counts, and registers with a column a day."""

from nuanyang.school.attendance.rules.counts import COLUMNS, IN_DAYS, WHOLE_NUMBERS, in_days, is_in_lessons, read_count
from nuanyang.school.attendance.rules.register import Away, day_titles, is_day, is_day_title, read_day, signs_in

__all__ = [
    "COLUMNS",
    "IN_DAYS",
    "WHOLE_NUMBERS",
    "Away",
    "day_titles",
    "in_days",
    "is_day",
    "is_day_title",
    "is_in_lessons",
    "read_count",
    "read_day",
    "signs_in",
]
