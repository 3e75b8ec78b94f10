"""What a table about students gets in the migration that makes it: its wall within the school, as `nuanyang.access.walls` declares it.

A policy is text searched in settings of the transaction, and nothing else: no look-up, no sub-select. A dossier names forty tables, and what a
sub-select that runs once a statement costs to set up in each of them is more than what this costs for the few rows of one child.
"""

from collections.abc import Iterable
from typing import Any

from nuanyang.access.walls import OFTEN, WALLS, Wall
from nuanyang.kit.db.context import TRUSTED

APP = "nuanyang_app"


def wall(op: Any, *tables: str) -> None:
    """Close tables of a school within the school, too; `tenancy.protect` comes first."""
    for table in tables:
        one = WALLS[table]
        if not isinstance(one, Wall):
            raise TypeError(f"{table} has no wall: {one}")
        op.execute(f"create policy wall on {table} as restrictive to {APP} using ({seen(table, one)}) with check ({written(table, one)})")
        op.execute(f"comment on policy wall on {table} is '{one.shown()}'")
        school(op, table)


# A statement that names its school itself compares the two once; as a sub-select it cost each table more than the walls do.
INLINE = "nullif(current_setting('app.school_id', true), '')::uuid"


def school(op: Any, table: str, setting: str = INLINE) -> None:
    """Tell the wall between schools anew, without the sub-select of `tenancy.protect`."""
    op.execute(f"alter policy school on {table} using (school_id = {setting}) with check (school_id = {setting})")


def unwall(op: Any, *tables: str) -> None:
    """Take the walls away again."""
    for table in tables:
        op.execute(f"drop policy wall on {table}")


def seen(table: str, one: Wall) -> str:
    """Which rows are seen; the cheapest question comes first."""
    if one.above:
        return _above(table, one)
    if table == "students":
        return f"{_whole('reads', 'basic')} or {_named('basic_classes', 'class_id')} or {_named('basic_students', 'id')}"
    own: Iterable[str] = (f"{column}::text = current_setting('app.{who}_id', true)" for column, who in (one.own or {}).items())
    if one.data_class:
        return " or ".join([_reached(one.mode, one.data_class, one.student), *own])
    by_class = _by_class(one.mode, one)
    if table == "timeline_entries":  # what stands there for everybody who sees the student
        own = (f"data_class = 'basic' and ({_reached('reads', 'basic', one.student)})",)
    if one.is_open:
        own = (*own, f"data_class = 'basic' and ({one.student} is null or {_reached('reads', 'basic', one.student)})")
    return " or ".join([by_class, *own])


def written(table: str, one: Wall) -> str:
    """Which rows are written: those about a student whom the writer can see at all. Foreign keys would not ask."""
    if one.above:
        return _above(table, one)
    if one.is_written_by_program:
        return f"current_setting('app.purpose', true) in ({', '.join(repr(purpose) for purpose in sorted(TRUSTED))})"
    if table == "students" or not one.student or one.is_written_as_seen:
        return seen(table, one)
    seen_at_all = _reached("reads", "basic", one.student)
    if one.is_open:
        seen_at_all = f"{one.student} is null or {seen_at_all}"
    return f"({seen_at_all}) and ({_by_class('writes', one)})" if one.is_written_by_class else seen_at_all


def _named(name: str, column: str) -> str:
    """Whether an id stands in a setting. Ids have one form and one length, and no sign that stands between them."""
    return f"strpos(current_setting('app.{name}', true), {column}::text) > 0"


def _whole(mode: str, data_class: str) -> str:
    """Whether a class is held over the whole school."""
    return f"current_setting('app.{mode}', true) like '%{data_class}%'"


def _reached(mode: str, data_class: str, student: str) -> str:
    whole = _whole(mode, data_class)
    return f"{whole} or {_named(f'{mode}_{data_class}', student)}" if student else whole


def _by_class(mode: str, one: Wall) -> str:
    """Whether the class of the table, or the one that a row says, is held over the school, or over its student."""
    data_class = f"'{one.data_class}'" if one.data_class else one.column
    held = f"strpos(current_setting('app.{mode}', true), {data_class}) > 0"
    if not one.student:
        return held
    setting = f"current_setting('app.{mode}_' || {data_class}, true)"
    if mode not in OFTEN:
        setting = f"current_setting('app.scope_' || nullif({setting}, ''), true)"
    return f"{held} or strpos({setting}, {one.student}::text) > 0"


def _above(table: str, one: Wall) -> str:
    """By the rows of another table, as far as they are seen; whoever holds the class of the whole school needs no look."""
    if table == "guardians":
        return f"{_whole('reads', 'contact')} or exists (select from student_guardians a where a.school_id = guardians.school_id and a.guardian_id = guardians.id)"
    return f"exists (select from {one.above} a where a.school_id = {table}.school_id and a.id = {table}.{one.by})"
