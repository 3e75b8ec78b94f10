"""A whole school year of people who forget, fall ill, record late and correct themselves; their own book must be what the page says.

The book is kept here by days and weeks and knows nothing of the engine: which days are school days it takes from the official calendar itself.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import chinese_calendar
import pytest

from nuanyang.school.students.models import Student
from tests.factories.cases import recognised
from tests.factories.ledger import at, did, in_force, occurrences, sound, took_back, worked_out
from tests.factories.world import World, make_world

FEEDBACK, TUTORING = "S1.2.daily_feedback", "A1.3.small_group_tutoring"
DAY = timedelta(days=1)
YEAR = 2025  # a year whose festivals are all announced


BEGIN, AUTUMN_ENDS, SPRING_BEGINS, END = date(YEAR, 9, 1), date(YEAR + 1, 1, 30), date(YEAR + 1, 3, 2), date(YEAR + 1, 7, 3)
ILL = date(YEAR, 11, 3), date(YEAR, 11, 14)
SCHOOL_DAYS = [
    day
    for first, last in ((BEGIN, AUTUMN_ENDS), (SPRING_BEGINS, END))
    for n in range((last - first).days + 1)
    if chinese_calendar.is_workday(day := first + n * DAY)
]


def workday_from(day: date) -> date:
    while not chinese_calendar.is_workday(day):
        day += DAY
    return day


def due_of(week: date) -> date:
    """The last school day of a week, and the plain weekend after it."""
    due = max(day for day in SCHOOL_DAYS if week <= day < week + 7 * DAY)
    while (due + DAY).weekday() > 4 and due + DAY < week + 7 * DAY and due not in (AUTUMN_ENDS, END):
        is_off, festival = chinese_calendar.get_holiday_detail(due + DAY)
        if not is_off or festival:
            break
        due += DAY
    return due


def owed_by_week() -> dict[date, list[str]]:
    """A week of five days owes two, one of three owes one (2 × 3 ÷ 5 = 1.2), one of two owes one (0.8); a make-up Saturday asks for no third."""
    lengths = Counter(day - day.weekday() * DAY for day in SCHOOL_DAYS)
    return {week: ["missed"] * {1: 0, 2: 1, 3: 1}.get(length, 2) for week, length in sorted(lengths.items())}


@dataclass
class Book:
    """What one student was owed, and what became of it, as a careful secretary would note it."""

    student: Student
    days: dict[date, str] = field(default_factory=lambda: dict.fromkeys(SCHOOL_DAYS, "missed"))  # 家校反馈
    weeks: dict[date, list[str]] = field(default_factory=owed_by_week)  # 辅导, by Monday


@pytest.mark.slow
async def test_a_year_whose_book_the_page_must_equal(app, database):
    with at(BEGIN):
        world = await make_world(app, database)
        books = await _school(world)
    people = Random(20250901)
    waiting: dict[date, list[tuple[Book, date]]] = defaultdict(list)  # written down on paper, entered later
    for day in (BEGIN + n * DAY for n in range((END - BEGIN).days + 15)):
        with at(day):
            await worked_out(world)
            for book, held in waiting.pop(day, []):
                await did(world, book.student, FEEDBACK, held_on=held)
            if day in SCHOOL_DAYS and not ILL[0] <= day <= ILL[1]:  # the teacher is ill for two weeks
                for book in books:
                    await _feedback(world, people, book, day, waiting)
                    await _tutoring(world, people, book, day)
    with at(END + 20 * DAY):
        await worked_out(world)
        assert (await sound(world)).is_sound
        for book in books:
            await _is_the_ledgers(world, book)
        await _is_the_pages(world, books)
    for client in world.clients:
        await client.aclose()


async def _school(world: World) -> list[Book]:
    room = await world.school_class()
    async with world.session() as session:
        for row, first, last in zip(world.terms, (BEGIN, SPRING_BEGINS), (AUTUMN_ENDS, END), strict=True):
            kept = await session.get_one(type(row), (world.school_id, row.id))
            kept.starts_on, kept.ends_on = first, last
    books = [Book(await world.student(f"学生{n}", room)) for n in range(3)]
    for book in books:
        await recognised(world, book.student, "C2")
    await in_force(world, BEGIN, only=("S1.2", "A1.3"))
    return books


async def _feedback(world: World, people: Random, book: Book, day: date, waiting: dict[date, list[tuple[Book, date]]]) -> None:
    """Most days it is done and entered; some days only noted on paper and entered nine days later, some days forgotten, some entries are mistakes."""
    luck = people.random()
    if luck < 0.80:
        await did(world, book.student, FEEDBACK)
        book.days[day] = "met"
    elif luck < 0.88:
        later = day + 9 * DAY
        book.days[day] = "backfilled" if later > workday_from(day + DAY) else "met"
        waiting[later].append((book, day))
    elif luck < 0.94:
        await took_back(world, (await did(world, book.student, FEEDBACK)).id)


async def _tutoring(world: World, people: Random, book: Book, day: date) -> None:
    """On some Mondays to Thursdays, once or twice a day; what the week does not need makes up for the week before, while that may be."""
    if day.weekday() > 3 or people.random() > 0.45:
        return
    for _ in range(1 if people.random() < 0.8 else 2):
        await did(world, book.student, TUTORING)
        week = day - day.weekday() * DAY
        for owed in (week, *sorted(w for w in book.weeks if w < week)):
            late = owed != week
            if "missed" in book.weeks[owed] and (not late or day <= workday_from(due_of(owed) + 2 * DAY)):
                book.weeks[owed][book.weeks[owed].index("missed")] = "late" if late else "met"
                break


async def _is_the_ledgers(world: World, book: Book) -> None:
    held = {one.due_on: one.state or "missed" for one in await occurrences(world, "S1.2", book.student)}
    assert held == book.days
    by_week: dict[date, Counter[str]] = defaultdict(Counter)
    for one in await occurrences(world, "A1.3", book.student):
        by_week[one.due_on - one.due_on.weekday() * DAY][one.state or "missed"] += 1
    assert by_week == {week: Counter(states) for week, states in book.weeks.items() if states}


async def _is_the_pages(world: World, books: list[Book]) -> None:
    client = await world.client("principal")
    lines = {line["clause"]: line for line in (await client.get("/api/v1/compliance", params={"span": "year"})).json()["clauses"]}
    feedback = Counter(state for book in books for state in book.days.values())
    tutoring = Counter(state for book in books for week in book.weeks.values() for state in week)
    assert {"met", "backfilled", "missed"} <= feedback.keys() and {"met", "late", "missed"} <= tutoring.keys()
    for clause, states in (("S1.2", feedback), ("A1.3", tutoring)):
        tally = lines[clause]["tally"]
        expected = dict.fromkeys(("met", "late", "backfilled", "missed", "waived", "in_grace", "due"), 0) | states
        assert tally == expected | {"expected": states.total()}
        assert sum(week["expected"] for week in lines[clause]["weeks"]) == states.total()
    shown: Counter[str] = Counter()
    cursor = None
    while True:
        query = {"span": "year", "limit": 200} | ({"cursor": cursor} if cursor else {})
        answer = (await client.get("/api/v1/compliance/S1.2/occurrences", params=query)).json()
        shown.update(one["state"] for one in answer["items"])
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert shown == feedback
