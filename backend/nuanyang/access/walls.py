"""The walls within a school: the policy of `permissions.py` as settings that row-level security reads, and which table has which wall.

A caller's reach becomes `app.*` settings. Rights over the whole school are lists of classes. Rights over some classes or students become,
once a transaction, lists of these students' ids (`open_walls` in the database): so no policy looks anything up for each row.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Literal
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.permissions import CLASS_CATEGORY, DATA_CLASSES, NOTHING, TELLERS, Reach, Scope
from nuanyang.kit.db import Context, opening
from nuanyang.kit.db.context import EVERYTHING, KINDS, whole_settings

ANY = "any"  # case records of whatever class: a plan, a file, who leads the case
CASE_CLASSES = tuple(c for c in DATA_CLASSES if c in CLASS_CATEGORY or c == "clinical")
# What a wall asks for, and which actions of the policy open it.
MODES: Mapping[str, tuple[str, ...]] = {
    "cases": ("cases",),  # what a case record says
    "reasons": ("cases", "approve"),  # and what somebody decides upon
    "results": ("cases", "approve", "nominate"),  # that there is a case, and how it was decided
    "keeps": ("write",),  # lists of people nobody has found yet
    "writes": ("write", "approve", "nominate"),  # and whoever has to tell (TELLERS)
}
# What nearly every read asks has its students in a setting of its own; the others name the setting of the scope, which costs a row more.
OFTEN = frozenset({"reads", "cases"})


@dataclass(frozen=True, slots=True)
class Wall:
    """How a table is closed: by a class of data, its own or that of each row, and by the student it is about.

    `mode`: `reads` for facts, else one of MODES. `data_class`: the class of the whole table; empty means that the `column` of each row says
    it. `student`: the column with the student's id; empty means rows of nobody yet, which only rights over the whole school open.
    `own`: columns with the account or the person (staff, student) whose own words or work a row is. `above`: rows of this table, found by
    the column `by`, decide instead. Every row written must be about a student whom the writer sees; `is_written_by_class` asks for the right
    to enter, decide or tell such a thing as well; `is_written_as_seen` lets those write who see the row, though the student is no longer theirs.
    `is_open`: what is about no student stands open within the school, and what is basic to everybody who sees the student.
    `is_written_by_program`: no request writes it, only the program's own work.
    """

    mode: str = "reads"
    data_class: str = ""
    student: str = "student_id"
    column: str = "data_class"
    own: Mapping[str, str] | None = None
    above: str = ""
    by: str = ""
    is_written_by_class: bool = False
    is_written_as_seen: bool = False
    is_open: bool = False
    is_written_by_program: bool = False

    def shown(self) -> str:
        """The declaration as the database keeps it beside the policy."""
        own = ",".join(f"{column}={who}" for column, who in (self.own or {}).items())
        written = (
            "writes" * self.is_written_by_class
            + "seen" * self.is_written_as_seen
            + "open" * self.is_open
            + "program" * self.is_written_by_program
        )
        parts = (self.mode, self.data_class or self.column, self.student, own, self.above, self.by, written)
        return " ".join(part or "-" for part in parts)


_MINE = {"created_by": "account"}
# Every table under row-level security: its wall, or the reason why it needs none. A new table says it here and calls `wall(op, …)` in its migration.
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
    "support_needs": Wall(data_class="support_needs"),
    "results": Wall(data_class="academic"),
    "result_changes": Wall(data_class="academic", student="wall_student"),
    "attendance_summaries": Wall(data_class="academic"),
    "attendance_changes": Wall(data_class="academic", student="wall_student"),
    "evidence": Wall("cases", own=_MINE, is_written_by_class=True),
    "evidence_changes": Wall(above="evidence", by="evidence_id"),
    "special_list_rows": Wall("keeps", student=""),
    "proposals": Wall("reasons"),
    "recognitions": Wall("results", is_written_by_class=True),
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
    "custody_orders": Wall("cases", "protection"),
    "consent_events": Wall(data_class="contact", own={"student_id": "person"}),
    "consent_scans": Wall(data_class="contact"),
    "consent_exemptions": Wall("cases", own={"recorded_by": "account"}),
    "data_requests": Wall(own={"guardian_id": "person"}),
    "counselling_cases": Wall("cases", "wellbeing", own=_MINE),
    "counselling_sessions": Wall("cases", "clinical", is_written_by_class=True),
    "counselling_session_versions": Wall(above="counselling_sessions", by="session_id"),
    "break_glass_openings": Wall("cases", "wellbeing", own={"account_id": "account"}),
    "break_glass_notices": Wall(above="break_glass_openings", by="opening_id"),
    "break_glass_reviews": Wall(above="break_glass_openings", by="opening_id"),
    # Whoever hands over may have lost the student before the note is written.
    "handovers": Wall("cases", own=_MINE | {"from_account_id": "account", "to_account_id": "account"}, is_written_as_seen=True),
    "legal_holds": Wall("cases", "protection"),
    # What is owed to a child tells why: it has the class of the case that it comes from.
    **dict.fromkeys(("obligations", "occurrences"), Wall("results", is_open=True, is_written_by_program=True)),
    "waivers": Wall("results", own=_MINE, is_open=True),
    "gap_waivers": Wall("results", own=_MINE),
    # Of the school, and about no student.
    **dict.fromkeys(
        (
            *("school_settings", "school_years", "terms", "classes", "staff", "class_staff", "exams", "exam_subjects", "exam_changes"),
            *("level_schemes", "plan_templates", "rule_sets", "proposal_runs", "roster_mappings", "consent_texts", "retention_rules"),
            *("editions", "edition_clauses", "calendar_days", "calendar_periods", "cadence_horizons", "gap_settings"),
        ),
        "about no student",
    ),
    **dict.fromkeys(("memberships", "role_assignments", "service_accounts", "service_secrets"), "accounts and their posts, no content"),
    "external_ids": "ids in other systems, no content",
    "roster_imports": "counts of a file",
    **dict.fromkeys(("clause_counts", "clause_deltas"), "numbers; who asks for those of a class gets only the classes of data they hold"),
    "calendar_feeds": "digests of addresses; one's own only, by the policy `own`",
    "notices": "numbers without anybody's name; one's own only, by the policy `own`",
    "obligation_marks": "ids of whose obligations are worked out anew, for seconds",
    "activation_codes": "digests of codes: whoever holds none is nobody yet",
    **dict.fromkeys(("retention_runs", "retention_items"), "ids, classes and counts; the page adds them up"),
    "roster_findings": "rows of a file that are about nobody yet; the doors are the registrar's",
    "audit_entries": "written by everybody, read by nobody but through two functions that look who asks",
}


# What a guardian's pages read of the own children; what a plan says to a family is picked from rows that no session of theirs sees.
WARD_CLASSES = ("basic", "contact", "academic")


def walls_of(
    reach: Reach, *, self_id: UUID | None = None, ward_ids: frozenset[UUID] = frozenset(), person_id: UUID | None = None
) -> tuple[dict[str, str], str]:
    """The settings of somebody's rights and the statement that completes them, empty where there is nothing to complete.

    `self_id` is the student whose own account this is, `ward_ids` are the children of the guardian whose it is.
    """
    by_class: dict[str, dict[str, Scope]] = {"reads": {c: reach.of(c, "read") for c in DATA_CLASSES}}
    for mode, actions in MODES.items():
        by_class[mode] = {c: _sum(reach.of(c, a) for a in actions) for c in CASE_CLASSES}
    for data_class, rights in TELLERS.items():
        tells = (reach.of(of, action) for action, of in rights)
        by_class["writes"][data_class] = _sum((by_class["writes"][data_class], *tells))
    if self_id is not None:
        own = Scope(student_ids=frozenset({self_id}))
        by_class["reads"]["basic"] |= own
        by_class["writes"] |= dict.fromkeys(CASE_CLASSES, own)
    if ward_ids:
        by_class["reads"] |= dict.fromkeys(WARD_CLASSES, Scope(student_ids=ward_ids))
    for mode in MODES:
        by_class[mode][ANY] = _sum(by_class[mode].values())
    return _settings(by_class, person_id)


def context_of(
    account_id: UUID,
    school_id: UUID,
    reach: Reach,
    *,
    self_id: UUID | None = None,
    ward_ids: frozenset[UUID] = frozenset(),
    person_id: UUID | None = None,
) -> Context:
    """How the transactions of a caller with this reach begin."""
    walls, then = walls_of(reach, self_id=self_id, ward_ids=ward_ids, person_id=person_id)
    return opening(account_id=account_id, school_id=school_id, walls=walls, then=then)


Why = Literal[
    "rules", "counting", "withholding", "plan", "measures", "accounts", "lists", "family", "broken_glass", "handover", "merge", "confirming"
]


@asynccontextmanager
async def beyond(session: AsyncSession, why: Why) -> AsyncIterator[None]:
    """Look past the walls of this transaction for one stated purpose: a rule over all that is known, a number, what must be kept from somebody.

    What is found so is never shown as it is. The walls stand again when the block ends, however it ends.
    """
    mine: Context = session.info["context"]
    if mine.whole["reads"] == EVERYTHING or "beyond" in session.info:
        yield
        return
    session.info["beyond"] = why
    await _set(session, past(why))
    try:
        yield
        await session.flush()
    except DBAPIError:
        # A transaction that failed takes no setting and ends anyway; one that goes on behind a savepoint has its walls again.
        with suppress(Exception):
            await _return(session, mine)
        raise
    except BaseException:
        await _return(session, mine)
        raise
    await _return(session, mine)


def past(why: Why) -> str:
    """The settings that look past the walls, for who works on a connection of the driver; they hold until its transaction ends."""
    return whole_settings(dict.fromkeys(KINDS, EVERYTHING)) + f"; SET LOCAL app.beyond = '{why}'"


async def _return(session: AsyncSession, mine: Context) -> None:
    del session.info["beyond"]
    await _set(session, whole_settings(mine.whole) + "; SET LOCAL app.beyond = ''")


async def _set(session: AsyncSession, settings: str) -> None:
    raw = await (await session.connection()).get_raw_connection()
    await raw.driver_connection.execute(settings)  # type: ignore[union-attr]


def _sum(scopes: Iterable[Scope]) -> Scope:
    return reduce(or_, scopes, NOTHING)


def _settings(by_class: Mapping[str, Mapping[str, Scope]], person_id: UUID | None) -> tuple[dict[str, str], str]:
    settings = {"person_id": str(person_id)} if person_id else {}
    numbers: dict[Scope, int] = {}  # few different scopes stand behind many rights
    opened: list[str] = []
    for mode, scopes in by_class.items():
        settings[mode] = " ".join(c for c, scope in scopes.items() if scope.whole)
        for data_class, scope in scopes.items():
            if scope and not scope.whole:
                number = numbers.setdefault(scope, len(numbers) + 1)
                if mode in OFTEN:
                    opened.append(f"{mode}_{data_class}:{number}")
                elif mode != "keeps":
                    settings[f"{mode}_{data_class}"] = str(number)
    basic = by_class["reads"]["basic"]
    settings |= {"basic_classes": _array(basic.classes or ()), "basic_students": _array(basic.students), "opened": _array(opened)}
    for scope, n in numbers.items():
        settings |= {f"scope_{n}_classes": _array(scope.classes or ()), f"scope_{n}_students": _array(scope.students)}
    return {name: value for name, value in settings.items() if value}, f"SELECT open_walls({len(numbers)})" if numbers else ""


def _array(values: Iterable[object]) -> str:
    return f"{{{text}}}" if (text := ",".join(map(str, values))) else ""
