"""The set-based writes: one statement a table and batch, rows as arrays, values cast by PostgreSQL.

COPY into a table with row-level security is refused, so the rows come as `unnest(…)`; the school is a parameter of each statement.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

BATCH_ROWS = 6_000
SECONDS = 600.0

Row = tuple[Any, ...]


def _insert(table: str, columns: str, conflict: str = "") -> str:
    names = [part.split(":")[0] for part in columns.split()]
    return f"insert into {table} (school_id, {', '.join(names)}) select $1::uuid, {_cast(columns)} from {_source(columns)} {conflict}"  # noqa: S608


def _source(columns: str) -> str:
    names = [part.split(":")[0] for part in columns.split()]
    arrays = ", ".join(f"${place}::{_sent(part)}[]" for place, part in enumerate(columns.split(), 2))
    return f"unnest({arrays}) as v({', '.join(names)})"


def _sent(part: str) -> str:
    kind = part.partition(":")[2] or "text"
    # Days and numbers travel as text: what is said stays text until PostgreSQL reads it.
    return "text" if kind in {"date", "numeric", "timestamptz"} else kind


def _cast(columns: str) -> str:
    cells = []
    for part in columns.split():
        name, _, kind = part.partition(":")
        cells.append(f"v.{name}::{kind}" if kind in {"date", "numeric", "timestamptz"} else f"v.{name}")
    return ", ".join(cells)


def _keep(table: str, names: str) -> str:
    """What is not said overwrites nothing."""
    sets = ", ".join(f"{name} = coalesce(excluded.{name}, {table}.{name})" for name in names.split())
    return f"on conflict (school_id, id) do update set {sets}"


def _update(table: str, columns: str, sets: str) -> str:
    return f"update {table} as t set {sets} from (select {_cast(columns)} from {_source(columns)}) v({_names(columns)}) where t.school_id = $1 and t.id = v.id"  # noqa: S608


def _names(columns: str) -> str:
    return ", ".join(part.split(":")[0] for part in columns.split())


_STUDENT = "id:uuid name pinyin initials former_name sex birth_on:date student_number class_id:uuid grade:int status status_on:date entered_on:date"
_CONTACT = "phone address household_address mailing_address commute_km:numeric commute_by"
_FAMILY = (
    "left_behind:int single_parent:bool raised_by_grandparents:bool migrant_child:bool only_child:bool orphan:bool source recorded_on:date"
)
_ECONOMY = "needs_aid:bool receives_subsidy:bool martyr_family:bool special_groups source recorded_on:date"
_HEALTH = "health_status disability inclusive_placement source recorded_on:date"
_REST = "ethnicity nationality birthplace native_place household_kind boarding entry_kind entered_month source_kind extra"
_IDENTITY = (
    "identity_kind identity_cipher:bytea identity_index:bytea identity_tail registration_cipher:bytea registration_index:bytea"
    " registration_tail registration_kind"
)
_STAFF = "id:uuid name pinyin initials staff_number sex phone email status"
_GUARDIAN = "id:uuid name sex phone employer occupation address"


def _names_of(columns: str) -> str:
    return " ".join(part.split(":")[0] for part in columns.split())


def _part(table: str, columns: str) -> str:
    return _insert(table, f"id:uuid {columns}", _keep(table, _names_of(columns)))


def _said(names: str) -> str:
    return ", ".join(f"{name} = coalesce(v.{name}, t.{name})" for name in names.split())


def _sex(table: str) -> str:
    return _update(table, "id:uuid sex", "sex = v.sex, version = t.version + 1, updated_at = now()") + " and v.sex is distinct from t.sex"


# Whoever turned up in another school: his open entry on the list is settled, or a settled one is made, so that nobody vanishes unseen.
_CHECK = "id:uuid student_id:uuid import_id:uuid opened_on:date last_class_id:uuid is_compulsory_age:bool outcome found_school_id:uuid"
_FOUND = f"""
with checked as (select {_cast(_CHECK)} from {_source(_CHECK)}),
settled as (
    update whereabouts_checks w set outcome = c.outcome, resolved_at = now(), note = 'district', found_school_id = c.found_school_id
    from checked c where w.school_id = $1::uuid and w.student_id = c.student_id and w.outcome is null returning w.student_id)
insert into whereabouts_checks (school_id, {_names(_CHECK)}, note, resolved_at)
select $1::uuid, c.*, 'district', now() from checked c where c.student_id not in (select student_id from settled)"""  # noqa: S608


# In the order in which they are run: a row comes after those it points to, and an enrolment ends before the next begins.
STATEMENTS: dict[str, str] = {
    "school_years": _insert("school_years", "id:uuid name starts_on:date ends_on:date"),
    "school_years_changed": _update("school_years", "id:uuid starts_on:date ends_on:date", "starts_on = v.starts_on, ends_on = v.ends_on"),
    "terms": _insert("terms", "id:uuid school_year_id:uuid number:int name starts_on:date ends_on:date"),
    "terms_changed": _update(
        "terms",
        "id:uuid name starts_on:date ends_on:date",
        "name = v.name, starts_on = v.starts_on, ends_on = v.ends_on, withdrawn_on = null",
    ),
    "terms_withdrawn": _update("terms", "id:uuid withdrawn_on:date", "withdrawn_on = v.withdrawn_on"),
    "classes": _insert("classes", "id:uuid school_year_id:uuid grade:int number:int name cohort_year:int"),
    "classes_changed": _update(
        "classes",
        "id:uuid grade:int number:int name cohort_year:int",
        "grade = v.grade, number = v.number, name = v.name, cohort_year = coalesce(v.cohort_year, t.cohort_year), closed_on = null",
    ),
    "classes_closed": _update("classes", "id:uuid closed_on:date", "closed_on = v.closed_on"),
    "staff": _insert("staff", _STAFF),
    "staff_changed": _update(
        "staff",
        _STAFF,
        "name = v.name, pinyin = v.pinyin, initials = v.initials, status = v.status, version = t.version + 1, updated_at = now(), "
        + _said("staff_number sex phone email"),
    ),
    "staff_sex": _sex("staff"),
    "staff_left": _update("staff", "id:uuid status", "status = v.status, version = t.version + 1, updated_at = now()"),
    "class_staff_ended": _update("class_staff", "id:uuid valid_to:date", "valid_to = greatest(v.valid_to, t.valid_from)"),
    "class_staff": _insert("class_staff", "id:uuid class_id:uuid staff_id:uuid role subject valid_from:date valid_to:date source"),
    "guardians": _insert("guardians", _GUARDIAN),
    "guardians_changed": _update(
        "guardians",
        _GUARDIAN,
        "name = v.name, version = t.version + 1, updated_at = now(), " + _said("sex phone employer occupation address"),
    ),
    "guardians_sex": _sex("guardians"),
    "guardian_identities": _insert(
        "guardian_identities",
        "id:uuid identity_kind identity_cipher:bytea identity_index:bytea identity_tail",
        "on conflict (school_id, id) do update set identity_kind = excluded.identity_kind, identity_cipher = excluded.identity_cipher,"
        " identity_index = excluded.identity_index, identity_tail = excluded.identity_tail",
    ),
    "students": _insert("students", _STUDENT),
    "students_changed": _update(
        "students",
        _STUDENT,
        "name = v.name, pinyin = v.pinyin, initials = v.initials, status = v.status, version = t.version + 1, updated_at = now(), "
        "sex = case when v.sex = 'unspecified' then t.sex else v.sex end, "
        + _said("former_name birth_on student_number class_id grade status_on entered_on"),
    ),
    "students_left": _update(
        "students",
        "id:uuid status status_on:date",
        "status = v.status, status_on = v.status_on, version = t.version + 1, updated_at = now()",
    ),
    "students_about": _update(
        "students", "id:uuid birth_on:date sex", "birth_on = v.birth_on, sex = v.sex, version = t.version + 1, updated_at = now()"
    ),
    "students_unseated": _update("students", "id:uuid", "class_id = null, version = t.version + 1, updated_at = now()"),
    "students_came": _update(
        "students",
        "id:uuid previous_school_id:uuid previous_student_id:uuid",
        "previous_school_id = v.previous_school_id, previous_student_id = v.previous_student_id",
    ),
    "student_identities": _part("student_identities", _IDENTITY),
    "student_contacts": _part("student_contacts", _CONTACT),
    "student_families": _part("student_families", _FAMILY),
    "student_economies": _part("student_economies", _ECONOMY),
    "student_healths": _part("student_healths", _HEALTH),
    "student_records": _part("student_records", _REST),
    "enrolments_ended": _update("enrolments", "id:uuid ends_on:date end_reason", "ends_on = v.ends_on, end_reason = v.end_reason"),
    "enrolments": _insert("enrolments", "id:uuid student_id:uuid class_id:uuid starts_on:date ends_on:date start_reason end_reason"),
    "student_guardians": _insert(
        "student_guardians",
        "id:uuid student_id:uuid guardian_id:uuid relation relation_note is_guardian:bool priority:int source",
        "on conflict (school_id, student_id, guardian_id) do update set relation = excluded.relation, is_guardian = excluded.is_guardian,"
        " relation_note = coalesce(excluded.relation_note, student_guardians.relation_note), priority = excluded.priority, ended_on = null,"
        # What a person entered stays that person's.
        " source = case when student_guardians.source is not null then excluded.source end",
    ),
    "student_guardians_ended": _update("student_guardians", "id:uuid ended_on:date", "ended_on = v.ended_on"),
    "external_ids": _insert(
        "external_ids",
        "id:uuid source kind sourced_id entity_id:uuid row_hash:bytea last_seen_at:timestamptz",
        "on conflict (school_id, source, kind, sourced_id) do update set entity_id = excluded.entity_id, row_hash = excluded.row_hash,"
        " last_seen_at = excluded.last_seen_at",
    ),
    "whereabouts_checks": _insert(
        "whereabouts_checks",
        "id:uuid student_id:uuid import_id:uuid opened_on:date last_class_id:uuid is_compulsory_age:bool",
        "on conflict do nothing",
    ),
    "whereabouts_found": _FOUND,
    "student_duplicates": _insert(
        "student_duplicates", "id:uuid student_id:uuid other_id:uuid import_id:uuid reason found_on:date", "on conflict do nothing"
    ),
}


_REFERRED = frozenset({"students", "guardians", "classes"})


class Writer:
    """Collects rows by table and writes them in batches; one statement is under way while the next batch is being made.

    A dry run gives it no connection: everything is worked out, nothing is written.
    """

    def __init__(self, connection: Any | None, school_id: str) -> None:
        self._connection, self._school_id = connection, school_id
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._count = 0
        self._under_way: asyncio.Task[None] | None = None
        self.written = 0
        self._batches = 0

    @property
    def is_writing(self) -> bool:
        """Whether rows go anywhere: not in a dry run."""
        return self._connection is not None

    def add(self, table: str, row: Row) -> None:
        """One row for a table of `STATEMENTS`, without its school."""
        if self._connection is not None:
            self._rows[table].append(row)
            self._count += 1

    async def pause(self) -> None:
        """Let a full batch go."""
        if self._count >= BATCH_ROWS:
            await self._send()

    async def flush(self) -> None:
        """Write everything that is left and wait for it."""
        await self._send()
        await self._settle()

    async def _send(self) -> None:
        await self._settle()
        rows, self._rows = self._rows, defaultdict(list)
        self.written, self._count = self.written + self._count, 0
        if rows:
            self._under_way = asyncio.create_task(self._write(rows))
            await asyncio.sleep(0)

    async def _settle(self) -> None:
        if self._under_way is not None:
            task, self._under_way = self._under_way, None
            await task

    async def _write(self, rows: dict[str, list[Row]]) -> None:
        self._batches += 1
        for table, statement in STATEMENTS.items():
            if table in rows:
                await self.run(statement, rows[table])
                if table in _REFERRED and self._batches.bit_count() == 1:
                    # PostgreSQL keeps its plans for checking foreign keys. One made while the table was nearly empty may walk an index
                    # of the whole school for each row; so it plans anew whenever the number of batches has doubled.
                    await self._connection.execute("discard plans")  # type: ignore[union-attr]

    async def run(self, statement: str, rows: Sequence[Row]) -> None:
        """One statement over many rows."""
        assert self._connection is not None  # noqa: S101 - a dry run collects no rows
        await self._connection.execute(statement, self._school_id, *map(list, zip(*rows, strict=True)), timeout=SECONDS)
