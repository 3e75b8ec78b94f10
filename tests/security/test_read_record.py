"""Nobody sees a recorded class without an entry: every reading operation is classified here, and those that show one are called (ASVS 16.3).

`SHOWS` are called with a furnished school and must leave an entry that names exactly the students and the classes of the answer. `PLAIN` show no
class of which reading is recorded, each with its reason. An operation that stands in neither fails here, so that a new one is thought about.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import select

from nuanyang.access.accounts.models import Account, RoleAssignment
from nuanyang.casework.interventions.models import Intervention
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import PROJECT
from nuanyang.school.guardians.models import Guardian
from nuanyang.school.students.models import Student
from tests.factories.asker import Asker
from tests.factories.cases import evidence, opened, planned
from tests.factories.furnished import MARK, furnish
from tests.factories.sheets import workbook
from tests.factories.students import guardian
from tests.factories.world import World

CASES = frozenset({"economic", "family", "health", "protection", "wellbeing"})
STUDENT, TWIN = ("student",), ("twin",)


@dataclass(frozen=True)
class Shows:
    """Whom and what an operation shows this reader of the furnished school."""

    students: tuple[str, ...]
    classes: frozenset[str]
    reader: str = "principal"
    query: dict[str, str] = field(default_factory=dict)
    json: Any = None
    about: str = "student"  # whom the path names
    whole: bool = True  # of the record of a student only part is known beforehand


def shows(students: tuple[str, ...], *classes: str, **more: Any) -> Shows:
    return Shows(students, frozenset(classes), **more)


SHOWS = {
    "compliance_occurrences": shows(STUDENT, "family"),
    "compliance_occurrences_csv": shows(STUDENT, "family"),
    "gaps_list": shows(STUDENT, "family", about="student", whole=False),
    "my_week_read": shows(STUDENT, "family", reader="moral_education"),
    "break_glass_list": shows(STUDENT, "wellbeing"),
    "delegations_own": shows(TWIN, "family", reader="case_lead"),
    "handovers_list": shows(STUDENT, "wellbeing", reader="counsellor"),
    "counselling_read": shows(STUDENT, "wellbeing", "clinical", reader="counsellor"),
    "counselling_session_versions": shows(STUDENT, "clinical", reader="counsellor"),
    "audit_list": shows((), *CASES, whole=False),
    "children_export_json": shows(TWIN, "academic", "basic", "contact", "wellbeing", reader="guardian", about="twin"),
    "children_export_pdf": shows(TWIN, "academic", "basic", "contact", "wellbeing", reader="guardian", about="twin"),
    "children_read": shows(TWIN, "wellbeing", reader="guardian", about="twin"),
    "custody_orders_list": shows(STUDENT, "protection"),
    "data_requests_list": shows(STUDENT, "family"),
    "data_requests_read": shows(STUDENT, "family"),
    "dossiers_print": shows(STUDENT, *CASES, "identity"),
    "dossiers_read": shows(STUDENT, *CASES, "identity"),
    "duplicates_list": shows(STUDENT, "identity", reader="registrar"),
    "evidence_changes": shows(STUDENT, "protection"),
    "evidence_list": shows(("student", "twin"), *CASES),
    "evidence_read": shows(STUDENT, "protection"),
    "home_read": shows(TWIN, "wellbeing", reader="case_lead"),
    "interventions_candidates": shows(TWIN, "wellbeing", query={"kind": "P2.1.group_counselling"}),
    "interventions_list": shows(TWIN, "wellbeing"),
    "interventions_print": shows(TWIN, "wellbeing"),
    "interventions_read": shows(TWIN, "wellbeing"),
    "own_data_requests_list": shows(STUDENT, "family", reader="parent"),
    "own_plan_read": shows(TWIN, "wellbeing", reader="twin_self"),
    "legal_holds_list": shows(STUDENT, "protection"),
    "plans_create_many": shows(
        STUDENT, "economic", json={"template": "C1.key.hardship", "student_ids": ["student"], "preview": True}, reader="aid_officer"
    ),
    "plans_deviations": shows(TWIN, "wellbeing", query={"sort": "-created_at"}),
    "plans_diff": shows(TWIN, "wellbeing", query={"against": "plan"}),
    "plans_list": shows(TWIN, "wellbeing"),
    "plans_print": shows(TWIN, "wellbeing"),
    "plans_read": shows(TWIN, "wellbeing"),
    "proposals_list": shows(TWIN, "family"),
    "recognitions_list": shows(STUDENT, *CASES),
    "recognitions_read": shows(STUDENT, "protection"),
    "retention_runs_students": shows(STUDENT, "economic", "family"),
    "rule_sets_preview": shows(
        TWIN, "economic", json={"thresholds": {"income_line": 60_000, "income_near": 1.0}, "category": None}, reader="aid_officer"
    ),
    "self_reports_list": shows(STUDENT, "protection", reader="self"),
    "special_list_rows_list": shows(STUDENT, "economic", reader="aid_officer"),
    "special_lists_import": shows(STUDENT, "economic", query={"kind": "low_income_family", "dry_run": "true"}, reader="aid_officer"),
    "students_assessment": shows(STUDENT, *CASES),
    "students_confirm_identity": shows(STUDENT, "identity", reader="homeroom", json={"last_four": "0019"}),
    "students_audit": shows(STUDENT, *CASES, whole=False),
    "students_evidence": shows(STUDENT, *CASES),
    "students_export": shows(("student", "twin"), *CASES),
    "students_list": shows(("student", "twin"), *CASES),
    "students_plans": shows(TWIN, "wellbeing", about="twin"),
    "students_read": shows(STUDENT, *CASES, "identity"),
    "students_reveal_identity": shows(STUDENT, "identity", reader="registrar"),
    "students_search_by_number": shows(STUDENT, *CASES, json={"number": "110101201305060019"}),
    "students_timeline": shows(STUDENT, *CASES),
    "support_plans_doses": shows(TWIN, "wellbeing"),
}

_ACCOUNTS, _SCHOOL = "accounts, roles and sessions of people who work here", "of the school, no student in it"
_OWN, _WORDS = "the caller's own account", "words for everybody: nobody's data"
PLAIN = {
    "gaps_read": "numbers by kind",
    "inbox_list": "clauses, classes and numbers; one's own",
    "inbox_events": "a number",
    "calendar_feed_read": "one's own: whether it is on",
    "calendar_feeds_show": "numbers of days",
    "compliance_read": "numbers by clause, of a class only those of cases that the reader may hear of",
    "children_list": "the own children: basic",
    "own_contact_read": _OWN,
    "accounts_list": _ACCOUNTS,
    "accounts_read": _ACCOUNTS,
    "accounts_security": _ACCOUNTS,
    "activation_codes_list": "contact",
    "attendance_periods": "counts by period",
    "audit_checks_list": "what verifications found: ids of entries",
    "break_glass_reads": "operations and times, of an opening that its own list shows",
    "calendar_read": _SCHOOL,
    "case_leads_list": "members of staff with a number of cases",
    "census_coverage": "counts by class",
    "census_students": "that somebody was looked at, not what was found: basic",
    "classes_list": _SCHOOL,
    "clauses_list": _WORDS,
    "delegations_of": _ACCOUNTS,
    "consent_forms_print": "names of a class beside the words of the form: basic",
    "consent_purposes_list": _WORDS,
    "consent_scans_read": "contact",
    "consent_texts_list": _WORDS,
    "consents_list": "contact",
    "edition_clauses_list": _WORDS,
    "editions_compare": _WORDS,
    "editions_list": _WORDS,
    "editions_load": "minutes a week of members of staff, from counts",
    "editions_preview": _WORDS,
    "editions_read": _WORDS,
    "evidence_catalogue": _WORDS,
    "exams_changes": "academic",
    "exams_entries": "academic",
    "exams_entry_changes": "academic",
    "exams_list": "academic",
    "exams_read": "academic",
    "exams_results": "academic",
    "exams_template": "academic",
    "jobs_events": "counts of a job",
    "jobs_list": "counts of jobs",
    "jobs_read": "counts of a job",
    "jwks": _WORDS,
    "family_consents": "contact, of the guardian's own children",
    "own_consents_read": "the pupil's own words, and that a guardian spoke",
    "healthz": _WORDS,
    "readyz": _WORDS,
    "level_schemes_list": _SCHOOL,
    "me": _OWN,
    "me_second_factor": _OWN,
    "me_security_events": _OWN,
    "me_sessions": _OWN,
    "measure_kinds_list": _WORDS,
    "measure_kinds_print": "an empty form",
    "plan_snippets_list": _WORDS,
    "plan_templates_list": _WORDS,
    "plan_templates_read": _WORDS,
    "retention_runs_list": "counts by class",
    "retention_runs_read": "counts by class",
    "retention_terms_list": _SCHOOL,
    "roster_mappings_list": _SCHOOL,
    "rosters_fields": _WORDS,
    "rosters_findings": "lines of a file; values of protected columns are not repeated",
    "rosters_findings_csv": "lines of a file; values of protected columns are not repeated",
    "rosters_findings_xlsx": "lines of a file; values of protected columns are not repeated",
    "rosters_list": "counts of imports",
    "rosters_read": "counts of an import",
    "rule_sets_list": _SCHOOL,
    "school_years_list": _SCHOOL,
    "self_reports_form": "questions in a child's words, and who reads the answers",
    "self_reports_staff": "names of members of staff",
    "service_accounts_list": _ACCOUNTS,
    "sign_in_policy_read": _SCHOOL,
    "staff_list": _SCHOOL,
    "student_accounts_list": "who has an account: basic",
    "students_access": "the caller's own roles",
    "students_attendance": "academic",
    "students_consents": "contact",
    "students_results": "academic",
    "support_needs_list": "support needs: of no recorded class",
    "whereabouts_list": "who was missing from a roster: basic",
}
# Asked by POST because a number belongs into no address, or because the question is long; they show and write nothing.
READING_POSTS = {
    *("plans_create_many", "rule_sets_preview", "special_lists_import"),
    *("students_confirm_identity", "students_reveal_identity", "students_search_by_number"),
}


@pytest.fixture
async def admin(database_urls: tuple[str, str]) -> Any:
    connection = await asyncpg.connect(database_urls[1])
    yield connection
    await connection.close()


@pytest.fixture
def asker(world: World) -> Asker:
    return Asker(world.app.openapi())


@dataclass
class Furnished:
    """The school, and who reads in it."""

    ids: dict[str, UUID]
    readers: dict[str, httpx.AsyncClient]


@pytest.fixture
async def school(world: World) -> Furnished:
    """`student` has evidence and recognitions of every class, `twin` a plan of wellbeing, a proposal and a list's entry."""
    school_class = await world.school_class(7, 1)
    ids = await furnish(world, school_class)
    async with world.session() as session:
        student, twin = [await session.get_one(Student, (world.school_id, ids[name])) for name in ("student", "other")]
    measure = await planned(world, twin, "P2.1.group_counselling", "psychological")
    talk = Intervention(
        school_id=world.school_id,
        id=new_id(),
        student_id=twin.id,
        kind="P2.1.group_counselling",
        data_class="wellbeing",
        plan_measure_id=measure.id,
        held_on=today(),
        minutes=30,
        doer_staff_id=ids["staff"],
        went=MARK,
        form={},
        entered_on=today(),
    )
    await world.add(talk)
    await opened(world, twin, "wellbeing")
    own = await world.student_account(student)
    await evidence(world, twin, "C1", "low_income_family", facts={"income_per_head": 65_000})
    await evidence(world, student, "C1", "low_income_family", source="special_list")
    ids |= {"twin": twin.id, "plan": measure.plan_id, "plan_measure": measure.id, "intervention": talk.id}
    readers = {role: await world.client(role) for role in ("principal", "registrar", "aid_officer", "moral_education")}
    readers["homeroom"] = await world.client(("homeroom_teacher", school_class))
    readers["guardian"] = await world.family(await guardian(world, twin))
    async with world.session() as session:
        readers["parent"] = await world.family(await session.get_one(Guardian, (world.school_id, ids["guardian"])))
    readers["twin_self"] = await world.client(account=await world.student_account(twin))
    async with world.session() as session:
        held = await session.scalars(
            select(Account)
            .join(RoleAssignment, RoleAssignment.account_id == Account.id)
            .where(RoleAssignment.school_id == world.school_id, RoleAssignment.role == "case_counsellor")
        )
    readers["counsellor"] = await world.client(account=held.one())
    return Furnished(ids, readers | {"case_lead": await world.client(("case_lead", twin)), "self": await world.client(account=own)})


async def ask(asker: Asker, school: Furnished, name: str, client: httpx.AsyncClient, shown: Shows | None = None) -> httpx.Response:
    """Call an operation about the furnished school."""
    path, method, operation = next(o for o in asker.operations() if o[2]["operationId"] == name)
    named = {k: str(school.ids.get(v, v)) for k, v in (shown.query if shown else {}).items()}
    ids = school.ids | {"student": school.ids[shown.about if shown else "student"]}
    made = asker.body(operation, ids)
    if shown and shown.json is not None:
        made = {"json": filled(shown.json, school.ids)}
    if name == "special_lists_import":
        made = {"files": {"file": ("x.xlsx", workbook(["姓名"], [f"{MARK}乙"]))}}
    # None of these writes: the version of what is read and not changed does not matter.
    return await client.request(method.upper(), asker.path(path, operation, ids), params=named, **made)


def filled(body: Any, ids: dict[str, UUID]) -> Any:
    """A body in which the names of the furniture stand for their ids."""
    if isinstance(body, dict):
        return {k: filled(v, ids) for k, v in body.items()}
    if isinstance(body, list):
        return [filled(v, ids) for v in body]
    return str(ids[body]) if isinstance(body, str) and body in ids else body


async def reads(admin: Any, world: World, account_id: UUID | None = None) -> list[Any]:
    """The entries of readings, of one account or of all."""
    where = "" if account_id is None else " and account_id = $2"
    arguments = [world.school_id] + ([] if account_id is None else [account_id])
    return list(
        await admin.fetch(f"select * from audit_entries where school_id = $1 and action = 'read'{where} order by at, id", *arguments)
    )


def test_every_reading_operation_is_classified(asker: Asker) -> None:
    known = {o["operationId"] for _, method, o in asker.operations() if method == "get"} | READING_POSTS
    assert not SHOWS.keys() & PLAIN.keys()
    assert known == SHOWS.keys() | PLAIN.keys()


def test_what_was_shown_has_words_on_the_page_of_the_record():
    labels = (PROJECT / "frontend/src/features/audit/labels.ts").read_text(encoding="utf-8")
    assert [name for name in SHOWS if f"  {name}: msg(" not in labels] == []


@pytest.mark.parametrize("name", sorted(SHOWS))
async def test_whoever_is_shown_a_recorded_class_is_recorded(name: str, world: World, school: Furnished, asker: Asker, admin: Any) -> None:
    shown = SHOWS[name]
    client = school.readers[shown.reader]
    if name == "self_reports_list":
        told = {"topic": "hurt", "answers": {"by_whom": "student", "frequency": "repeated"}, "note": MARK}
        assert (await client.post("/api/v1/self-reports", json=told)).status_code == 201
    answer = await ask(asker, school, name, client, shown)
    assert answer.status_code == 200, answer.text
    entries = await reads(admin, world)
    assert {e["operation"] for e in entries} <= {name}
    students = {i for e in entries for i in (e["student_ids"] or [e["student_id"]])}
    classes = {c for e in entries for c in e["data_classes"]}
    if not shown.whole:
        return
    assert (students, classes) == ({school.ids[s] for s in shown.students}, set(shown.classes)), answer.text[:2000]
    assert all(e["account_id"] == client.account.id and e["ground"] for e in entries)
    assert len(entries) == 1, "one entry an answer"


@pytest.mark.parametrize("role", ["subject_teacher", "homeroom_teacher"])
async def test_whoever_is_refused_has_seen_nothing(role: str, world: World, school: Furnished, asker: Asker, admin: Any) -> None:
    stranger = await world.client((role, await world.school_class(9, 9)))
    for name, shown in SHOWS.items():
        await ask(asker, school, name, stranger, shown)
    mine = {school.ids["student"], school.ids["twin"]}
    for entry in await reads(admin, world, stranger.account.id):
        assert not mine & set(entry["student_ids"] or [entry["student_id"]]), entry["operation"]


async def test_what_shows_no_recorded_class_leaves_no_entry(world: World, school: Furnished, asker: Asker, admin: Any) -> None:
    for role in ("principal", "registrar"):
        for path, method, operation in asker.operations():
            name = operation["operationId"]
            if method != "get" or name not in PLAIN or name == "jobs_events" or not path.startswith("/api/"):
                continue
            needed = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query" and p.get("required")}
            query = {n: str(school.ids.get(n.removesuffix("_id"), n)) for n in needed}
            answer = await ask(asker, school, name, school.readers[role], Shows((), frozenset(), query=query))
            assert answer.status_code < 500, (name, answer.text)
    assert [e["operation"] for e in await reads(admin, world)] == []
