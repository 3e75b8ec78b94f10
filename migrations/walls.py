"""What a table about students gets in the migration that makes it: its wall within the school, as `nuanyang.access.walls` declares it."""

from typing import Any

from nuanyang.access.walls import ANY, WALLS, Wall

# Classes of data as of these policies; whoever is trusted with all of them names no list.
ALL = "{basic,contact,identity,academic,economic,family,protection,health,support_needs,wellbeing,clinical,volunteering,money,any}"
APP = "nuanyang_app"
NOBODY = "00000000-0000-0000-0000-000000000000"


def wall(op: Any, *tables: str) -> None:
    """Close tables of a school within the school, too; `tenancy.protect` comes first."""
    for table in tables:
        one = WALLS[table]
        if not isinstance(one, Wall):
            raise TypeError(f"{table} has no wall: {one}")
        op.execute(f"create policy wall on {table} as restrictive to {APP} using ({seen(table, one)}) with check ({written(table, one)})")
        op.execute(f"comment on policy wall on {table} is '{one.shown()}'")


def unwall(op: Any, *tables: str) -> None:
    """Take the walls away again."""
    for table in tables:
        op.execute(f"drop policy wall on {table}")


def seen(table: str, one: Wall) -> str:
    """Which rows are seen. A sub-select runs once a statement; what stands without one is asked only of rows that nothing before let through."""
    if one.above:
        return _above(table, one)
    if table == "students":
        return (
            f"{_whole('basic')} or class_id = any({_once(_array('basic_classes', 'uuid'))}) or id = any({_array('basic_students', 'uuid')})"
        )
    if one.mode == "reads":
        return _reads(one.data_class, one.student)
    own = (f"{column} = {_setting('account_id' if who == 'account' else 'person_id')}::uuid" for column, who in (one.own or {}).items())
    parts = [_in_mode(one), *own]
    if table == "timeline_entries":
        parts.append(f"data_class = 'basic' and {_reads('basic', one.student)}")
    return " or ".join(parts)


def written(table: str, one: Wall) -> str:
    """Which rows are written: those about a student whom the writer can see at all. Foreign keys would not ask."""
    if one.above:
        return _above(table, one)
    if table == "students":
        return seen(table, one)
    return _reads("basic", one.student) if one.student else seen(table, one)


def _setting(name: str) -> str:
    return f"nullif(current_setting('app.{name}', true), '')"


def _array(name: str, kind: str) -> str:
    return f"{_setting(name)}::{kind}[]"


def _once(expression: str, kind: str = "uuid") -> str:
    # Cast once more: `any((select …))` would be a set of rows instead of an array.
    return f"(select {expression})::{kind}[]"


def _classes(mode: str) -> str:
    """The classes held over the whole school; all of them for the program's own work."""
    return f"case when current_setting('app.trusted', true) <> '' then '{ALL}' else {_setting(mode)} end::text[]"


def _holds(data_class: str, mode: str = "reads") -> str:
    return f"'{data_class}' = any({_classes(mode)})"


def _whole(data_class: str) -> str:
    return f"(select {_holds(data_class)})"


def _students(right: str) -> str:
    """The students that a right reaches: the setting of the right names the scope, that of the scope holds its students."""
    return f"nullif(current_setting('app.scope_' || {_setting(right)}, true), '')::uuid[]"


def _reached(student: str, data_class: str, mode: str, right: str) -> str:
    """One array for both: null is the whole school, which nothing is outside of."""
    reached = f"case when {_holds(data_class, mode)} then null else coalesce({_students(right)}, '{{}}') end"
    column = f"coalesce({student}, '{NOBODY}')" if student == "wall_student" else student
    return f"({column} = any({_once(reached)})) is not false"


def _reads(data_class: str, student: str) -> str:
    return _reached(student, data_class, "reads", f"read_{data_class}") if student else _whole(data_class)


def _in_mode(one: Wall) -> str:
    mode = one.mode
    if one.data_class == ANY:
        return _reached(one.student, ANY, mode, f"{mode}_students")
    held = f"{one.column} = any({_once(_classes(mode), 'text')})"
    if not one.student:
        return held
    single = f"{one.column} || ':' || {one.student}::text = any({_array(f'{mode}_pairs', 'text')})"
    reaching = f"{one.column} = any({_array(f'{mode}_classes', 'text')}) or {single}"
    return f"{held} or {one.student} = any({_once(_students(f'{mode}_students'))}) and ({reaching})"


def _above(table: str, one: Wall) -> str:
    """By the rows of another table, as far as they are seen; whoever holds the class of the whole school needs no look."""
    if table == "guardians":
        return f"{_whole('contact')} or exists (select from student_guardians a where a.school_id = guardians.school_id and a.guardian_id = guardians.id)"
    return f"exists (select from {one.above} a where a.school_id = {table}.school_id and a.id = {table}.{one.by})"
