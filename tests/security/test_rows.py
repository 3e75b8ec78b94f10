"""Row-level security within a school: PostgreSQL asked directly, as the application's role with each role's settings (security.md, section 3).

What must be seen is worked out from `permissions` for every row of every table; nothing of how the settings are made or read is used for it.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from nuanyang.access.permissions import ROLE_SCOPES, ROLES, SCOPES, TELLERS, WHOLE, HeldRole, Reach, Scope, reach_of, reach_of_scopes
from nuanyang.access.walls import CASE_CLASSES, WALLS, Wall, context_of
from nuanyang.kit.db import Context, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import Settings
from tests.factories.database import cloned

CLOSED = {name: wall for name, wall in WALLS.items() if isinstance(wall, Wall)}
ACTIONS = {"reads": ("read",), "cases": ("cases",), "reasons": ("cases", "approve"), "results": ("cases", "approve", "nominate"), "keeps": ("write",)}  # fmt: skip
# Where a row below learns whose it is: the table above, and the column that leads there.
ABOVE = {
    "needs": ("support_plans", "plan_id"),
    "goals": ("needs", "need_id"),
    "plan_measures": ("goals", "goal_id"),
    "plan_reviews": ("support_plans", "plan_id"),
    "recognition_steps": ("recognitions", "recognition_id"),
    "result_changes": ("results", "result_id"),
    "attendance_changes": ("attendance_summaries", "summary_id"),
    **{name: (wall.above, wall.by) for name, wall in CLOSED.items() if wall.above and name != "guardians"},
}
ACCOUNT, STAFF = new_id(), new_id()


@dataclass(frozen=True)
class Pupil:
    """Somebody rows are about."""

    school_id: UUID
    class_id: UUID
    id: UUID


@dataclass(frozen=True)
class Row:
    """One row of a table, and what a reader's rights are asked about it."""

    id: UUID
    pupil: Pupil
    data_class: str
    mine: bool = False


@dataclass
class Place:
    """Two classes of one school and one of another, with rows of every class of data about everybody in every table."""

    url: str
    own: Pupil
    mate: Pupil
    other: Pupil
    stranger: Pupil
    rows: dict[str, list[Row]]

    def seen(self, table: str, reach: Reach, *, self_id: UUID | None = None) -> set[UUID]:
        """What the policy shows of a table."""
        wall = CLOSED[table]
        if table == "guardians":
            return {row.id for row in self.rows[table] if self._may(reach, "contact", ("read",), row)}
        if wall.above:
            above = self.seen(wall.above, reach, self_id=self_id)
            return {row.id for row, up in zip(self.rows[table], self.rows[wall.above], strict=True) if up.id in above}
        return {row.id for row in self.rows[table] if self._sees(wall, table, reach, row, self_id)}

    def _sees(self, wall: Wall, table: str, reach: Reach, row: Row, self_id: UUID | None) -> bool:
        if row.pupil.school_id != self.own.school_id:
            return False
        is_self = row.pupil.id == self_id
        if row.mine or (is_self and (row.data_class == "basic" or table == "case_leads")):
            return True
        if not wall.student:
            return any(reach.of(row.data_class, action).whole for action in ACTIONS[wall.mode])
        if row.data_class == "any":
            return any(self._may(reach, c, ACTIONS[wall.mode], row) for c in CASE_CLASSES)
        stands_open = table == "timeline_entries" or wall.is_open
        actions = ("read",) if stands_open and row.data_class == "basic" else ACTIONS[wall.mode]
        return self._may(reach, row.data_class, actions, row)

    def _may(self, reach: Reach, data_class: str, actions: tuple[str, ...], row: Row) -> bool:
        is_here = row.pupil.school_id == self.own.school_id
        return is_here and any(reach.of(data_class, a).covers(row.pupil.class_id, row.pupil.id) for a in actions)


@pytest_asyncio.fixture(scope="module")
async def place(settings: Settings, admin_url: str) -> AsyncIterator[Place]:
    """A database of our own without the constraints that this is not about, so that every table can hold every row."""
    async with cloned(settings, admin_url) as (url, owner_url):
        school, elsewhere = new_id(), new_id()
        rooms = [new_id() for _ in range(3)]
        own, mate, other = (Pupil(school, room, new_id()) for room in (rooms[0], rooms[0], rooms[1]))
        made = Place(url, own, mate, other, Pupil(elsewhere, rooms[2], new_id()), {})
        owner = await asyncpg.connect(owner_url)
        await owner.execute("set session_replication_role = replica")  # nothing recorded, nothing approved, no key looked up
        for table in CLOSED:
            await _loosen(owner, table)
        await owner.execute("set session_replication_role = origin")
        for table in ("students", *(t for t in CLOSED if t != "students" and t not in ABOVE), *ABOVE):
            made.rows[table] = [row for pupil in (own, mate, other, made.stranger) for row in await _fill(owner, made, table, pupil)]
        await owner.close()
        yield made


async def _loosen(owner: Any, table: str) -> None:
    statement = "select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f', 'u', 'x')"
    for (name,) in await owner.fetch(statement, table):
        await owner.execute(f'alter table {table} drop constraint "{name}" cascade')
    indexes = "select indexrelid::regclass::text from pg_index where indrelid = $1::regclass and indisunique and not indisprimary"
    for (name,) in await owner.fetch(indexes, table):
        await owner.execute(f"drop index {name}")
    columns = "select attname from pg_attribute where attrelid = $1::regclass and attnotnull and attnum > 0 and attname not in ('school_id', 'id') and not attisdropped"
    for (name,) in await owner.fetch(columns, table):
        await owner.execute(f"alter table {table} alter {name} drop not null")
    for (name,) in await owner.fetch(
        "select tgname from pg_trigger where tgrelid = $1::regclass and not tgisinternal and tgname not like '%wall%'", table
    ):
        await owner.execute(f"drop trigger {name} on {table}")


async def _fill(owner: Any, made: Place, table: str, pupil: Pupil) -> list[Row]:
    """Rows about one pupil: one for each class of data where rows say theirs, and one for each column that makes a row the reader's own."""
    wall, found = CLOSED[table], []
    await owner.execute(f"set app.school_id = '{pupil.school_id}'")  # what hangs below learns whose it is within the school
    for values, row in _rows(made, table, wall, pupil):
        cells = {"school_id": pupil.school_id, "id": row.id} | values
        marks = ", ".join(f"${n}" for n in range(1, len(cells) + 1))
        await owner.execute(f"insert into {table} ({', '.join(cells)}) values ({marks})", *cells.values())
        found.append(row)
    return found


def _rows(made: Place, table: str, wall: Wall, pupil: Pupil) -> Iterator[tuple[dict[str, Any], Row]]:
    if table in ABOVE:
        above, by = ABOVE[table]
        for up in (row for row in made.rows[above] if row.pupil == pupil):
            for data_class in CASE_CLASSES if table == "needs" else (wall.data_class or up.data_class,):
                own = {"data_class": data_class} if table == "needs" else {}
                yield {by: up.id} | own, Row(new_id(), pupil, data_class)
        if table == "plan_measures":
            up = next(row for row in made.rows[above] if row.pupil == pupil)
            yield {by: up.id, "doer_staff_id": STAFF}, Row(new_id(), pupil, up.data_class, mine=True)
        return
    if table == "guardians":
        yield {}, Row(next(r.id for r in made.rows["student_guardians"] if r.pupil == pupil), pupil, "contact")
        return
    fixed = {"class_id": pupil.class_id} if table == "students" else {}
    student = {} if wall.student == "id" or not wall.student else {wall.student: pupil.id}
    for data_class in (wall.data_class,) if wall.data_class else CASE_CLASSES + ("basic",) * (table == "timeline_entries" or wall.is_open):
        row_id = pupil.id if wall.student == "id" else new_id()
        said = {} if wall.data_class else {wall.column: data_class}
        if table == "student_guardians":
            said = {"guardian_id": row_id}
        yield fixed | student | said, Row(row_id, pupil, data_class)
    for column, who in (wall.own or {}).items():
        if column != wall.student:
            said = {} if wall.data_class else {wall.column: "clinical"}
            mine = {column: ACCOUNT if who == "account" else STAFF}
            yield student | said | mine, Row(new_id(), pupil, wall.data_class or "clinical", mine=True)


async def seen_by(place: Place, context: Context, tables: Any = CLOSED) -> dict[str, set[UUID]]:
    """The ids that each table shows to the application's role in this context."""
    connection = await asyncpg.connect(place.url)
    try:
        await connection.execute(context.begin)
        return {table: {UUID(str(row[0])) for row in await connection.fetch(f"select id from {table}")} for table in tables}
    finally:
        await connection.close()


def callers(place: Place) -> dict[str, Reach]:
    """Every role in its scope, several posts in one hand, a case lead, and the programs."""
    mine, theirs = Scope(class_ids=frozenset({place.own.class_id})), Scope(class_ids=frozenset({place.other.class_id}))
    found = {role: reach_of([HeldRole(role, WHOLE if "school" in ROLE_SCOPES[role] else mine)]) for role in ROLES}
    found["tutor of one"] = reach_of([HeldRole("tutor", Scope(student_ids=frozenset({place.mate.id})))])
    found["grade head of both classes"] = reach_of([HeldRole("grade_head", mine | theirs)])
    found["case lead"] = reach_of([], frozenset({place.other.id}))
    # What an office adds on a case reaches the pupils of the cases, whatever the office's scope is, and nobody else.
    for role in ("homeroom_teacher", "special_educator", "school_nurse"):
        found[f"{role} with a case"] = reach_of(
            [HeldRole(role, mine if "class" in ROLE_SCOPES[role] else WHOLE)], frozenset({place.other.id})
        )
    posts = [
        HeldRole("homeroom_teacher", mine),
        HeldRole("subject_teacher", theirs),
        HeldRole("tutor", Scope(student_ids=frozenset({place.other.id}))),
    ]
    found["teacher of many posts"] = reach_of(posts, frozenset({place.mate.id}))
    found["office with a case"] = reach_of(
        [HeldRole("academic_affairs", WHOLE), HeldRole("homeroom_teacher", theirs)], frozenset({place.own.id})
    )
    return found | {scope: reach_of_scopes([scope]) for scope in SCOPES} | {"nobody": Reach()}


async def test_every_table_shows_every_role_exactly_the_rows_of_the_policy(place: Place) -> None:
    wrong, shown = [], 0
    for name, reach in callers(place).items():
        found = await seen_by(place, context_of(ACCOUNT, place.own.school_id, reach, person_id=STAFF))
        for table, ids in found.items():
            must = place.seen(table, reach)
            shown += len(must)
            if ids != must:
                wrong.append((name, table, f"{len(ids - must)} too many, {len(must - ids)} missing of {len(must)}"))
    assert not wrong, wrong
    assert shown > 2_000  # neither everything nor nothing


async def test_a_student_sees_themself_and_who_leads_their_case(place: Place) -> None:
    pupil = place.own
    context = context_of(new_id(), pupil.school_id, Reach(), self_id=pupil.id, person_id=pupil.id)
    for table, ids in (await seen_by(place, context)).items():
        own = [row for row in place.rows[table] if row.pupil.id == pupil.id and not CLOSED[table].above]
        mine = table in ("case_leads", "consent_events")  # rows that are about the pupil are theirs to read
        assert ids == {row.id for row in own if mine or (row.data_class == "basic" and not row.mine)}, table


async def test_without_settings_there_is_no_row(place: Place) -> None:
    for context in (opening(), opening(school_id=place.own.school_id), opening(account_id=new_id(), school_id=place.own.school_id)):
        assert not any((await seen_by(place, context)).values())
    connection = await asyncpg.connect(place.url)
    assert [await connection.fetchval(f"select count(*) from {table}") for table in CLOSED] == [0] * len(CLOSED)
    await connection.close()


async def test_the_programs_own_work_sees_its_school_and_no_other(place: Place) -> None:
    found = await seen_by(place, opening(school_id=place.own.school_id, purpose="job"))
    for table, ids in found.items():
        assert ids == {row.id for row in place.rows[table] if row.pupil.school_id == place.own.school_id}, table


@pytest.mark.parametrize("role", sorted(ROLES))
async def test_nobody_writes_about_a_student_they_do_not_see(place: Place, role: str) -> None:
    """Foreign keys ask no policy: a record of an own class that names somebody else's pupil is refused by the row's own wall."""
    reach = callers(place)[role]
    connection = await asyncpg.connect(place.url)
    await connection.execute(context_of(ACCOUNT, place.own.school_id, reach, person_id=STAFF).begin)
    for table, wall in CLOSED.items():
        if wall.above or not wall.student or table in ("students", *ABOVE) or wall.student == "id":
            continue
        for pupil in (place.own, place.other, place.stranger):
            classes = (wall.data_class,) if wall.data_class else CASE_CLASSES
            for data_class in classes:
                may = pupil.school_id == place.own.school_id and reach.of("basic", "read").covers(pupil.class_id, pupil.id)
                if wall.is_written_by_class:
                    may = may and _tells(reach, data_class, pupil)
                if wall.is_written_by_program:
                    may = False
                if wall.is_written_as_seen:
                    is_here = pupil.school_id == place.own.school_id
                    may = is_here and any(reach.of(data_class, a).covers(pupil.class_id, pupil.id) for a in ACTIONS[wall.mode])
                said = {} if wall.data_class else {wall.column: data_class}
                cells = {"school_id": pupil.school_id, "id": uuid4(), wall.student: pupil.id} | said
                assert await _is_taken(connection, table, cells) == may, (table, data_class, pupil == place.own)
    await connection.close()


def _tells(reach: Reach, data_class: str, pupil: Pupil) -> bool:
    rights = [(a, data_class) for a in ("write", "approve", "nominate")] + list(TELLERS.get(data_class, ()))
    return any(reach.of(of, action).covers(pupil.class_id, pupil.id) for action, of in rights)


async def _is_taken(connection: Any, table: str, cells: dict[str, Any]) -> bool:
    marks = ", ".join(f"${n}" for n in range(1, len(cells) + 1))
    await connection.execute("savepoint before")
    try:
        await connection.execute(f"insert into {table} ({', '.join(cells)}) values ({marks})", *cells.values())
    except asyncpg.InsufficientPrivilegeError:
        return False
    finally:
        await connection.execute("rollback to before")
    return True
