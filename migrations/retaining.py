"""How long rows are kept: what every school-owned table gets in the migration that makes it (or, before 0047, in that one)."""

import json
from typing import Any

PLAN = "(select p.student_id from support_plans p where p.school_id = t.school_id and p.id = t.plan_id)"


def of(table: str, column: str, wanted: str = "student_id") -> str:
    """SQL for a column of the row that `t.column` points to."""
    return f"(select o.{wanted} from {table} o where o.school_id = t.school_id and o.id = t.{column})"


def keep(
    op: Any,
    table: str,
    *,
    holds: str = "",
    student: str = "",
    dated: str = "",
    goes_with: str = "",
    blanks: dict[str, str] | None = None,
    before: str = "",
) -> None:
    """Declare how long the rows of a table are kept: as long as its school's rule for their class of data says.

    `holds`: SQL for the class of row `t`. `student`: SQL for whose row it is; rows of nobody are kept from the day `dated` on.
    `goes_with`: the `table.column` that points here; a row goes with the last one that does (a guardian with the last child).
    `blanks`: what is emptied, column to SQL, where a row must stay for others of a longer term, or is only de-identified.
    `before`: the table that this one points to and that was declared already: its rows go first.
    """
    values = [table, student or None, holds, dated or None, goes_with or None, json.dumps(blanks) if blanks else None]
    position = f"(select position from retention_tables where name = '{before}') - 0.01" if before else _NEXT
    told = ", ".join("null" if value is None else _quoted(value) for value in values)
    op.execute(f"insert into retention_tables (name, student, holds, dated, goes_with, blanks, position) select {told}, {position} ")
    if student:
        op.execute(f"create trigger held before delete on {table} for each row execute function refuse_held()")


def spare(op: Any, why: str, *tables: str) -> None:
    """Declare tables that say nothing about a student, or that the school's own rules end: with the reason."""
    for table in tables:
        op.execute(f"insert into retention_tables (name, why, position) select {_quoted(table)}, {_quoted(why)}, {_NEXT}")


def let_go(op: Any, table: str) -> None:
    """Take a declaration back."""
    op.execute(f"drop trigger if exists held on {table}")
    op.execute(f"delete from retention_tables where name = {_quoted(table)}")


_NEXT = "coalesce((select max(position) from retention_tables), 0) + 1"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
