"""What every table about people gets in the migration that makes it: a record of each change, written by the database itself."""

from typing import Any

# Triggers a statement with transition tables: set-based, so that an import of 200,000 rows writes its record in one statement, too.
_EVENTS = {"insert": "new table as new_rows", "update": "old table as old_rows new table as new_rows", "delete": "old table as old_rows"}


def record(op: Any, table: str, *, student: str, data_class: str, secret: str = "", events: str = "insert update delete") -> None:
    """Record every change of a table.

    `student`: the column that holds the student's id, or `plan`, `recognition`, `intervention`, `result` (looked up there), or nothing.
    `data_class`: the class of what the table holds, or `column:NAME` where each row says its own.
    `secret`: columns of which only the fact of a change is kept, by spaces.
    """
    for event in events.split():
        op.execute(
            f"create trigger record_{event} after {event} on {table} referencing {_EVENTS[event]} "
            f"for each statement execute function record_change('{student}', '{data_class}', '{secret}')"
        )


def forget(op: Any, table: str, events: str = "insert update delete") -> None:
    """Take the triggers away again."""
    for event in events.split():
        op.execute(f"drop trigger record_{event} on {table}")
