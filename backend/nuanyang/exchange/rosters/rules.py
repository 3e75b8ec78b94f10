"""What an import means for a school: which enrolment follows which, who has graduated, when a removal has to be confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta

CONFIRM_ABOVE = 0.10
COMPULSORY_FROM, COMPULSORY_TO = 6, 16  # 年满六周岁 to the end of compulsory schooling
GONE = frozenset({"graduated", "transferred_out", "dropped_out", "deceased"})
PRESENT = frozenset({"enrolled", "suspended"})
END_REASONS = {
    "graduated": "graduation",
    "transferred_out": "transfer_out",
    "suspended": "suspension",
    "dropped_out": "correction",
    "deceased": "correction",
}


@dataclass(frozen=True, slots=True)
class Room:
    """A class as the rules see it."""

    id: str
    year_starts: date
    year_ends: date
    grade: int
    number: int
    cohort_year: int | None


def needs_confirmation(removed: int, present: int) -> bool:
    """Whether so many missing pupils (those who graduated aside) have to be confirmed by a person."""
    return removed > 0 and removed > present * CONFIRM_ABOVE


def has_graduated(room: Room | None, last_grade: int, newest_year_starts: date | None) -> bool:
    """A pupil of the last grade who is missing from the next year's roster."""
    return room is not None and newest_year_starts is not None and room.grade == last_grade and newest_year_starts > room.year_starts


def is_of_compulsory_age(birth_on: date | None, grade: int | None, today: date) -> bool:
    """Between six and sixteen, or, where no birth date is known, in grades 1 to 9."""
    if birth_on is None:
        return grade is None or grade <= 9
    years = today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))
    return COMPULSORY_FROM <= years < COMPULSORY_TO


def start_reason(old: Room | None, new: Room, *, was_away: bool, is_known: bool, continues: bool) -> str:
    """Why a student begins in a class. `continues`: some class of the new year carries the old one on."""
    if was_away:
        return "return"
    if old is None:
        return "placement" if not is_known else "transfer_in"
    if new.year_starts == old.year_starts:
        return "placement" if continues else "class_merge"
    if new.grade == old.grade:
        return "repeat"
    if (new.cohort_year, new.number) == (old.cohort_year, old.number):
        return "promotion"
    return "class_merge" if not continues and same_stage(old, new) else "placement"


def same_stage(old: Room, new: Room) -> bool:
    """Whether two classes are of one cohort: going from primary to junior school everybody is placed anew."""
    return old.cohort_year == new.cohort_year


def starts_on(old: Room | None, new: Room, said: date | None, today: date, *, into_running_school: bool) -> date:
    """The first day in a class: what the file says, the first day of the school year, or today in the middle of one."""
    if said is not None and new.year_starts <= said <= new.year_ends:
        return said
    if old is not None and old.year_starts == new.year_starts:
        return min(max(today, new.year_starts), new.year_ends)
    if old is None and into_running_school:
        return min(max(today, new.year_starts), new.year_ends)
    return new.year_starts


def ends_on(began: date, next_starts: date) -> date:
    """The last day in a class: the day before the next begins, never before the first."""
    return max(began, next_starts - timedelta(days=1))
