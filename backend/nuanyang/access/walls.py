"""The walls within a school: the policy of `permissions.py` as settings that row-level security reads, and which table has which wall.

A caller's reach becomes `app.*` settings. Rights over the whole school are lists of classes. Rights over some classes or students become,
once a transaction, arrays of these students' ids (`open_walls` in the database): so no policy looks anything up for each row.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Literal
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.permissions import CLASS_CATEGORY, DATA_CLASSES, NOTHING, TELLERS, Reach, Scope
from nuanyang.kit.db import Context, opening

ANY = "any"  # case records of whatever class: a plan, a file, who leads the case
CASE_CLASSES = tuple(c for c in DATA_CLASSES if c in CLASS_CATEGORY or c == "clinical")
FACTS = ("basic", "contact", "identity", "academic", "economic", "family", "health")
# What a wall asks for, and which actions of the policy open it.
MODES: Mapping[str, tuple[str, ...]] = {
    "cases": ("cases",),  # what a case record says
    "reasons": ("cases", "approve"),  # and what somebody decides upon
    "results": ("cases", "approve", "nominate"),  # that there is a case, and how it was decided
    "writes": ("write", "approve", "nominate"),
}


@dataclass(frozen=True, slots=True)
class Wall:
    """How a table is closed: by a class of data, its own or that of each row, and by the student it is about.

    `mode`: `reads` for facts, else one of MODES. `data_class`: the class of the whole table; empty means that the `column` of each row says
    it. `student`: the column with the student's id; empty means rows of nobody yet, which only rights over the whole school open.
    `own`: columns with the account or the person (staff, student) whose own words or work a row is. `above`: rows of this table, found by
    the column `by`, decide instead.
    """

    mode: str = "reads"
    data_class: str = ""
    student: str = "student_id"
    column: str = "data_class"
    own: Mapping[str, str] | None = None
    above: str = ""
    by: str = ""

    def shown(self) -> str:
        """The declaration as the database keeps it beside the policy."""
        own = ",".join(f"{column}={who}" for column, who in (self.own or {}).items())
        return f"{self.mode} {self.data_class or self.column} {self.student or '-'} {own or '-'} {self.above or '-'} {self.by or '-'}"


_MINE = {"created_by": "account"}
# Every table of a school: its wall, or the reason why it needs none. A new table says it here and calls `wall(op, …)` in its migration.
WALLS: Mapping[str, Wall | str] = {
    "students": Wall(data_class="basic", student="id"),
    "student_records": Wall(data_class="basic", student="id"),
    "enrolments": Wall(data_class="basic"),
    "whereabouts_checks": Wall(data_class="basic"),
    "student_duplicates": Wall(data_class="basic"),
    "census_looks": Wall(data_class="basic"),
    "student_contacts": Wall(data_class="contact", student="id"),
    "student_guardians": Wall(data_class="contact"),
    "guardians": Wall(above="student_guardians", by="guardian_id"),
    "student_identities": Wall(data_class="identity", student="id"),
    "guardian_identities": Wall(data_class="identity", student=""),
    "student_families": Wall(data_class="family", student="id"),
    "student_economies": Wall(data_class="economic", student="id"),
    "student_healths": Wall(data_class="health", student="id"),
    "results": Wall(data_class="academic"),
    "result_changes": Wall(data_class="academic", student="wall_student"),
    "attendance_summaries": Wall(data_class="academic"),
    "attendance_changes": Wall(data_class="academic", student="wall_student"),
    "evidence": Wall("cases", own=_MINE),
    "evidence_changes": Wall(above="evidence", by="evidence_id"),
    "special_list_rows": Wall("writes", student=""),
    "proposals": Wall("reasons"),
    "recognitions": Wall("results"),
    "recognition_steps": Wall("results", student="wall_student", column="wall_class"),
    "dossiers": Wall("cases", ANY),
    "case_leads": Wall("cases", ANY, own={"staff_id": "person", "student_id": "person"}),
    "timeline_entries": Wall("cases"),
    "support_plans": Wall("cases", ANY, own=_MINE),
    "plan_reviews": Wall("cases", ANY, student="wall_student"),
    "needs": Wall("cases", student="wall_student"),
    "goals": Wall("cases", student="wall_student", column="wall_class"),
    "plan_measures": Wall("cases", student="wall_student", column="wall_class", own={"doer_staff_id": "person"}),
    "interventions": Wall("cases", own=_MINE | {"doer_staff_id": "person"}),
    "intervention_versions": Wall(above="interventions", by="intervention_id"),
    # Of the school, and about no student.
    **dict.fromkeys(
        (
            *("school_settings", "school_years", "terms", "classes", "staff", "class_staff", "exams", "exam_subjects", "exam_changes"),
            *("level_schemes", "plan_templates", "rule_sets", "proposal_runs", "roster_mappings"),
        ),
        "about no student",
    ),
    **dict.fromkeys(("memberships", "role_assignments", "service_accounts", "service_secrets"), "accounts and their posts, no content"),
    "external_ids": "ids in other systems, no content",
    "roster_imports": "counts of a file",
    "roster_findings": "rows of a file that are about nobody yet; the doors are the registrar's",
    "audit_entries": "written by everybody, read by nobody but through two functions that look who asks",
    "jobs": "outside row-level security: codes and counts",
    "outbox": "outside row-level security: ids",
    "sessions": "outside row-level security: found before the school is known",
}


def walls_of(reach: Reach, *, self_id: UUID | None = None, person_id: UUID | None = None) -> tuple[dict[str, str], str]:
    """The settings of somebody's rights and the statement that completes them, empty where there is nothing to complete.

    `self_id` is the student whose own account this is.
    """
    by_class = {"reads": {c: reach.of(c, "read") for c in DATA_CLASSES}}
    for mode, actions in MODES.items():
        by_class[mode] = {c: _sum(reach.of(c, a) for a in actions) for c in CASE_CLASSES}
    for data_class, rights in TELLERS.items():
        tells = (reach.of(of, action) for action, of in rights)
        by_class["writes"][data_class] = _sum((by_class["writes"][data_class], *tells))
    if self_id is not None:
        own = Scope(student_ids=frozenset({self_id}))
        by_class["reads"]["basic"] |= own
        by_class["writes"] |= dict.fromkeys(CASE_CLASSES, own)
    for mode in MODES:
        by_class[mode][ANY] = _sum(by_class[mode].values())
    return _settings(by_class, person_id)


def context_of(account_id: UUID, school_id: UUID, reach: Reach, *, self_id: UUID | None = None, person_id: UUID | None = None) -> Context:
    """How the transactions of a caller with this reach begin."""
    walls, then = walls_of(reach, self_id=self_id, person_id=person_id)
    return opening(account_id=account_id, school_id=school_id, walls=walls, then=then)


Why = Literal["rules", "counting", "withholding", "plan", "measures", "accounts", "lists"]


@asynccontextmanager
async def beyond(session: AsyncSession, why: Why) -> AsyncIterator[None]:
    """Look past the walls of this transaction for one stated purpose: a rule over all that is known, a number, what must be kept from somebody.

    What is found so is never shown as it is. The walls stand again when the block ends; a failed statement ends the transaction anyway.
    """
    connection = await session.connection()
    before = session.info["trusted"]
    session.info["trusted"] = before or why
    await connection.exec_driver_sql(f"SET LOCAL app.trusted = '{before or why}'")
    try:
        yield
    except DBAPIError:
        session.info["trusted"] = before
        raise
    except BaseException:
        await _close(session, before)
        raise
    await session.flush()
    await _close(session, before)


async def _close(session: AsyncSession, before: str) -> None:
    session.info["trusted"] = before
    connection = await session.connection()
    await connection.exec_driver_sql(f"SET LOCAL app.trusted = '{before}'")


def _sum(scopes: Iterable[Scope]) -> Scope:
    return reduce(or_, scopes, NOTHING)


def _settings(by_class: Mapping[str, Mapping[str, Scope]], person_id: UUID | None) -> tuple[dict[str, str], str]:
    settings = {"person_id": str(person_id)} if person_id else {}
    numbers: dict[Scope, int] = {}  # few different scopes stand behind many classes

    def number(scope: Scope) -> int:
        return numbers.setdefault(scope, len(numbers) + 1)

    pairs: list[str] = []
    for mode, scopes in by_class.items():
        if whole := [c for c, scope in scopes.items() if scope.whole]:
            settings[mode] = _array(whole)
        narrow = {c: scope for c, scope in scopes.items() if scope and not scope.whole}
        if mode == "reads":
            settings |= {f"read_{c}": str(number(scope)) for c, scope in narrow.items() if c in FACTS}
        elif narrow:
            # One array of all students, the classes that reach all of them, and single pairs of class and student for the rest.
            every = _sum(narrow.values())
            settings[f"{mode}_students"] = str(number(every))
            settings[f"{mode}_classes"] = _array(c for c, scope in narrow.items() if scope == every)
            pairs += [f"{mode}:{c}:{number(scope)}" for c, scope in narrow.items() if scope != every and c != ANY]
    basic = by_class["reads"]["basic"]
    settings |= {"basic_classes": _array(basic.classes or ()), "basic_students": _array(basic.students), "pairs": _array(pairs)}
    for scope, n in numbers.items():
        settings |= {f"scope_{n}_classes": _array(scope.classes or ()), f"scope_{n}_students": _array(scope.students)}
    return {name: value for name, value in settings.items() if value != "{}"}, f"SELECT open_walls({len(numbers)})" if numbers else ""


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join(map(str, values)) + "}"
