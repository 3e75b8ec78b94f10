"""Composes the one statement of a file for what its reader may see, and keeps it: readers differ by few sets of classes."""

import re
from functools import lru_cache

from nuanyang.access.audit.service import recorded, seen
from nuanyang.access.permissions import CATEGORY_CLASS, DIMENSION_CLASS, RECORDED_CLASSES
from nuanyang.casework.interventions.service.doses import doses
from nuanyang.oversight.dossiers.policy import Sight
from nuanyang.oversight.dossiers.repository import parts

TIMELINE_FIRST = 30
_SCOPE = "($4::uuid[] is null or student.class_id = any($4::uuid[]) or student.id = any($5::uuid[]))"
_STUDENT = f"s as materialized (select * from students student where student.school_id = $1 and student.id = $2 and {_SCOPE})"  # noqa: S608 - constants


def recorded_of(sight: Sight, *, timeline_only: bool = False) -> list[str]:
    """The classes shown of which the reading is recorded."""
    return recorded(sight.timeline if timeline_only else sight.readable | sight.cases | sight.results)


def _seen(operation: str, classes: list[str], ground: str) -> str:
    if not classes or not operation:
        return ""
    return ", " + seen(operation, _array(frozenset(classes)), "s", student="s.id", ground=ground)


def _seen_with_own(operation: str, classes: list[str], ground: str) -> str:
    """The same for a whole file, in which the reader's own records stand whatever their class: it is looked up which these are."""
    if not operation:
        return ""
    others = _array(RECORDED_CLASSES.difference(classes))
    own = f"""array(select distinct i.data_class from interventions i where i.school_id = $1 and i.student_id = s.id and i.voided_at is null
      and i.doer_staff_id = $3 and i.data_class = any({others}) and ($3 = any(i.withheld_from_staff_ids)) is not true)"""  # noqa: S608 - our own words
    told = f"(select s.id, {_array(frozenset(classes))} || {own} as classes from s) o where cardinality(o.classes) > 0"  # noqa: S608 - as above
    return ", " + seen(operation, "o.classes", told, student="o.id", ground=ground)


@lru_cache(maxsize=256)
def file_statement(sight: Sight, operation: str = "dossiers_read") -> str:
    """The whole file as one JSON text; no row when the student is not visible.

    Arguments: school, student, reader's staff id, classes, students, and the reader's ground. Without an operation nothing is
    recorded and there is no ground: only the benchmark asks so, to measure what recording costs.
    """
    shown = [f"'id', s.id, 'version', s.version, 'hidden', {_json(sight.hidden)}", f"'hidden_cases', {_json(sight.hidden_cases)}"]
    shown += [f"'{name}', {sql}" for name, sql in parts.PROFILE.items() if name in sight.readable]
    tables = _STUDENT
    if sight.results:
        shown.append(f"'recognitions', {parts.RECOGNITIONS}")
    if sight.cases:
        tables += ", " + parts.PLAN_IN_FORCE.replace("{doses}", doses("plan"))
        shown += [
            f"'file', {parts.FILE}",
            f"'evidence', {parts.EVIDENCE}",
            f"'plan', {parts.PLAN}",
            f"'plan_versions', {parts.PLAN_VERSIONS}",
            f"'radar', {parts.RADAR}",
        ]
    shown += [f"'interventions', {parts.INTERVENTIONS}", f"'timeline', {parts.TIMELINE}"]
    tables += _seen_with_own(operation, recorded_of(sight), "$6")
    sql = f"with {tables} select json_build_object({', '.join(shown)})::text from s"  # noqa: S608 - our own words and $n only
    return _filled(sql, sight, limit=str(TIMELINE_FIRST), more="")


@lru_cache(maxsize=256)
def timeline_statement(sight: Sight) -> str:
    """A page of the time line. Further arguments: limit, then the sort key of the last entry seen, the kinds and the classes asked for, or nulls;
    and the reader's ground, where something is recorded."""
    more = (
        "and ($7::text is null or (e.happened_at, e.id) < ($7::text::timestamptz, $8::uuid)) "
        "and ($9::text[] is null or e.kind = any($9)) and ($10::text[] is null or e.data_class = any($10))"
    )
    told = _seen("students_timeline", recorded_of(sight, timeline_only=True), "$11")
    return _filled(f"with {_STUDENT}{told} select {parts.TIMELINE}::text from s", sight, limit="$6::int", more=more)  # noqa: S608 - as above


def _filled(sql: str, sight: Sight, *, limit: str, more: str) -> str:
    dimensions = ", ".join(
        f"({n}, '{dimension}', {str(data_class not in sight.cases).lower()})"
        for n, (dimension, data_class) in enumerate(DIMENSION_CLASS.items())
    )
    categories = frozenset(c for c, data_class in CATEGORY_CLASS.items() if data_class in sight.cases)
    values = {
        "categories": _array(categories),
        "cases": _array(sight.cases),
        "results": _array(sight.results),
        "timeline": _array(sight.timeline),
    }
    for name, value in {**values, "dimensions": dimensions, "limit": limit, "more": more}.items():
        sql = sql.replace("{" + name + "}", value)
    return re.sub(r"\s+", " ", sql)


def _array(classes: frozenset[str]) -> str:
    # Names of our own data classes and categories only: nothing from outside ever stands here.
    return "array[" + ", ".join(f"'{c}'" for c in sorted(classes)) + "]::text[]"


def _json(classes: tuple[str, ...]) -> str:
    return "'[" + ", ".join(f'"{c}"' for c in classes) + "]'::json"
