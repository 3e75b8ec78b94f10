"""What every school-owned table gets in the migration that makes it: row-level security, forced, and the application's grants."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# The scalar sub-select runs once per statement; without it the setting would be read and cast for each row.
SCHOOL = "(select nullif(current_setting('app.school_id', true), '')::uuid)"
ACCOUNT = "(select nullif(current_setting('app.account_id', true), '')::uuid)"


def protect(op: Any, *tables: str, grants: str = "select, insert, update") -> None:
    """Rows of these tables are visible and writable only in the school of the transaction; deletion only where granted."""
    for table in tables:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy school on {table} using (school_id = {SCHOOL}) with check (school_id = {SCHOOL})")
        op.execute(f"grant {grants} on {table} to nuanyang_app")


def share(op: Any, *tables: str, grants: str = "select") -> None:
    """Reference tables without rows of a school: readable by the application, writable only where said."""
    for table in tables:
        op.execute(f"grant {grants} on {table} to nuanyang_app")


@contextmanager
def all_schools(op: Any, *tables: str) -> Iterator[None]:
    """While a migration moves the rows themselves: the owner sees every school's; forced row-level security would show it none."""
    for table in tables:
        op.execute(f"alter table {table} no force row level security")
    yield
    for table in tables:
        op.execute(f"alter table {table} force row level security")
