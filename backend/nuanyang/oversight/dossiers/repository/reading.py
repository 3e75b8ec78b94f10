"""Runs the statements of a file: one read where the reader sees the same of everyone, two in one transaction where it depends on the class."""

from datetime import datetime
from uuid import UUID

from nuanyang.access.actors import Caller
from nuanyang.kit.db import Context, Database
from nuanyang.kit.ids import NIL
from nuanyang.oversight.dossiers.policy import Sight, only_sight, sight_of
from nuanyang.oversight.dossiers.repository.statement import file_statement, recorded_of, timeline_statement

_CLASS = "select class_id from students where school_id = $1 and id = $2"


async def read_file(database: Database, caller: Caller, context: Context, student_id: UUID, operation: str = "dossiers_read") -> str | None:
    """The whole file as JSON text; None when the student is not visible."""
    scope = caller.scope("basic")
    if not scope:
        return None
    arguments = (caller.school_id, student_id, caller.staff_id or NIL, scope.classes, scope.students)
    sight = only_sight(caller, student_id)
    if sight is not None:
        return await database.read(context, file_statement(sight, operation), *arguments, list(caller.ground(student_id)))
    async with database.connection(context) as connection:
        sight = await _sight(connection, caller, student_id)
        return await connection.fetchval(file_statement(sight, operation), *arguments, list(caller.ground(student_id)))  # type: ignore[no-any-return]


def _ground(caller: Caller, student_id: UUID, classes: list[str]) -> tuple[list[str], ...]:
    return (list(caller.ground(student_id)),) if classes else ()


async def read_timeline(
    database: Database,
    caller: Caller,
    context: Context,
    student_id: UUID,
    *,
    limit: int,
    after: tuple[datetime, UUID] | None,
    kinds: list[str] | None,
    data_classes: list[str] | None,
) -> str | None:
    """A page of the time line, newest first, as JSON text."""
    scope = caller.scope("basic")
    if not scope:
        return None
    mark = (after[0].isoformat(), after[1]) if after else (None, None)
    arguments = (caller.school_id, student_id, caller.staff_id or NIL, scope.classes, scope.students, limit, *mark, kinds, data_classes)
    async with database.connection(context) as connection:
        sight = only_sight(caller, student_id) or await _sight(connection, caller, student_id)
        ground = _ground(caller, student_id, recorded_of(sight, timeline_only=True))
        return await connection.fetchval(timeline_statement(sight), *arguments, *ground)  # type: ignore[no-any-return]


async def _sight(connection: object, caller: Caller, student_id: UUID) -> Sight:
    class_id = await connection.fetchval(_CLASS, caller.school_id, student_id)  # type: ignore[attr-defined]
    return sight_of(caller, class_id, student_id)
