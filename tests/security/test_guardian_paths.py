"""No path of a family tells what is not for it: every field of every table carries a canary, and every operation is called (access.md).

A canary names the row and the column that it sings from. What a reader may hear is said below by table, column and row; a new table, column or
operation is tried without anybody thinking of it, and is heard of when it tells anything.
"""

import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pypdfium2
import pytest
from sqlalchemy import select

from nuanyang.access.accounts.models import Account
from nuanyang.casework.dossiers.models import CaseLead
from nuanyang.casework.evidence.models import EvidenceChange
from nuanyang.casework.interventions.models import Intervention, InterventionVersion
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, PlanReview
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import PROJECT
from nuanyang.school.guardians.models import Guardian
from nuanyang.school.students.models import (
    Student,
    StudentContact,
    StudentEconomy,
    StudentFamily,
    StudentHealth,
    StudentRecord,
)
from tests.factories.asker import Asker
from tests.factories.furnished import furnish
from tests.factories.students import asked, guardian, kept_away
from tests.factories.world import World

# Codes that decide what a row is: with another one it would be no row of that kind any more. No text of anybody stands in them.
CODES = {
    "category",
    "clause",
    "code",
    "data_class",
    "wall_class",
    "dimension",
    "kind",
    "kinds",
    "lineage",
    "role",
    "desk",
    "parts",
    "field",
    "relation",
    "ground",
}
# What a family may hear of the rows that are its own.
TOLD = {
    ("students", "name"),
    ("students", "former_name"),
    ("students", "student_number"),
    ("student_contacts", "phone"),
    ("student_contacts", "address"),
    ("student_contacts", "household_address"),
    ("student_contacts", "mailing_address"),
    ("student_contacts", "commute_by"),
    ("student_records", "ethnicity"),
    ("student_records", "nationality"),
    ("student_records", "birthplace"),
    ("student_records", "native_place"),
    ("student_records", "boarding"),
    ("guardians", "name"),
    ("classes", "name"),
    ("terms", "name"),
    ("exams", "name"),
    ("exam_subjects", "subject"),
    ("results", "result_level"),
    ("staff", "name"),
    ("goals", "statement"),
    ("plan_measures", "title"),
    ("data_requests", "wanted"),
    ("data_requests", "said"),
}
# What every family is asked, and the days of the school.
OF_EVERYBODY = {
    ("consent_texts", "body"),
    ("calendar_days", "name"),
    ("calendar_periods", "name"),
    ("terms", "name"),
    ("school_years", "name"),
}
OWN_GUARDIAN = {("guardians", column) for column in ("name", "phone", "address", "employer", "occupation")}
FORBIDDEN = re.compile(
    r"弱势|贫困|差生|问题学生|后进|学困|特困|低保|困难学生|帮扶对象|重点|身心|情感|家庭经济"
    r"|\bC[1-4]\b|data_class|category|support_level|protection|wellbeing|clinical|economic"
)
WORDS = re.compile(r"弱势|贫困|差生|问题学生|后进|学困|特困|低保|困难学生|帮扶对象|重点|身心|建档立卡|\bC[1-4]\b")
# Long streams, and what would end the sessions that ask.
NOT_HERE = {"jobs_events", "auth_sign_out", "auth_change_password", "me_end_session", "me_end_other_sessions", "auth_refresh", "auth_token"}
# What a family's body needs to get as far as the rows it asks about.
OURS = {"own_contact_change": {"json": {"address": "青山路2号"}}, "own_data_requests_create": None}


@dataclass
class Reader:
    """Who calls, and the rows of which they may hear what is told."""

    client: httpx.AsyncClient
    rows: set[UUID] = field(default_factory=set)
    own: UUID | None = None

    def may_hear(self, table: str, column: str, row: UUID) -> bool:
        if (table, column) in OF_EVERYBODY:
            return True
        if row == self.own and (table, column) in OWN_GUARDIAN:
            return True
        return row in self.rows and (table, column) in TOLD


@dataclass
class Aviary:
    """The school with its canaries, by what each of them sings."""

    ids: dict[str, UUID]
    readers: dict[str, Reader]
    canaries: dict[str, tuple[str, str, UUID]]


async def part(world: World, plan_id: UUID, dimension: str, data_class: str, kind: str, recognition_id: UUID | None = None) -> set[UUID]:
    """A need of a plan with a goal and a measure; answers the rows of which a family would hear, if it heard of the need."""
    keys: dict[str, Any] = {"school_id": world.school_id, "plan_id": plan_id}
    need = Need(
        **keys, id=new_id(), dimension=dimension, category=None, data_class=data_class, recognition_id=recognition_id, statement="需求"
    )
    goal = Goal(**keys, id=new_id(), need_id=need.id, statement="目标", indicator="指标", baseline="基线", target="目标值", due_on=today())
    measure = PlanMeasure(
        **keys, id=new_id(), goal_id=goal.id, kind=kind, title="措施", times=1, per="week", minutes=40, starts_on=world.year.starts_on
    )
    await world.add(need, goal, measure)
    return {goal.id, measure.id}


async def deepened(world: World, ids: dict[str, UUID]) -> None:
    """More of what no family hears of: parts of the plan, records, versions, reviews, the protected groups of the own record."""
    child, plan, school_id = ids["student"], ids["plan"], world.school_id
    async with world.session() as session:
        cases = {r.data_class: r.id for r in await session.scalars(select(Recognition).where(Recognition.student_id == child))}
    await part(world, plan, "social", "family", "I2.2.talk", cases["protection"])
    await part(world, plan, "social", "protection", "S1.2.phone_contact")
    await part(world, plan, "social", "family", "S1.2.phone_contact")  # answers nothing: it may follow from what protects the child
    await part(world, plan, "living", "health", "L2.2.life_assistance")
    await part(world, plan, "psychological", "wellbeing", "P1.1.counselling")
    made = [
        Intervention(
            school_id=school_id,
            id=new_id(),
            student_id=child,
            kind=kind,
            data_class=data_class,
            held_on=today(),
            minutes=40,
            went="经过",
            follow_up="后续",
            place="地点",
            with_whom="同谁",
            doer_name="谁",
            form={"notes": "内容"},
            entered_on=today(),
        )
        for kind, data_class in (
            ("P1.1.counselling", "wellbeing"),
            ("L1.1.home_visit", "protection"),
            ("L1.1.home_visit", "family"),
            ("I2.2.talk", "clinical"),
        )
    ]
    keys: dict[str, Any] = {"school_id": school_id}
    await world.add(
        *made,
        InterventionVersion(
            **keys,
            id=new_id(),
            intervention_id=made[0].id,
            number=1,
            before={"went": "以前"},
            reason="更正原因",
            changed_at=now(),
            changed_by=new_id(),
        ),
        EvidenceChange(
            **keys, id=new_id(), evidence_id=ids["evidence"], before={"note": "以前"}, reason="更正原因", changed_at=now(), changed_by=None
        ),
        PlanReview(**keys, id=new_id(), plan_id=plan, outcome="keep", reason="评估理由", reviewed_on=today()),
        CaseLead(**keys, id=new_id(), student_id=child, staff_id=ids["staff"], valid_from=today(), handover_note="交接说明"),
        StudentContact(**keys, id=child, phone="1", address="址", household_address="户", mailing_address="信", commute_by="步行"),
        StudentFamily(**keys, id=child, left_behind=1, single_parent=True, source="来源"),
        StudentEconomy(**keys, id=child, needs_aid=True, special_groups="低保", source="来源"),
        StudentHealth(**keys, id=child, health_status="健康", disability="无", inclusive_placement="无", source="来源"),
        StudentRecord(**keys, id=child, ethnicity="族", nationality="国", birthplace="地", native_place="籍", extra="{}"),
    )


async def hang(admin: Any, school_id: UUID) -> dict[str, tuple[str, str, UUID]]:
    """Let a canary sing from every field of every table of this school; what a check of the database refuses is a code, too.

    Sessions are everybody's own, and the record of access is append-only.
    """
    columns = await admin.fetch(
        "select c.table_name, c.column_name, c.data_type from information_schema.columns c"
        " join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'"
        " where c.table_schema = 'public' and c.is_generated = 'NEVER' and c.data_type in ('text', 'jsonb')"
        " and c.table_name not in ('audit_entries', 'sessions') and exists (select from information_schema.columns s where s.table_schema = 'public'"
        "   and s.table_name = c.table_name and s.column_name = 'school_id')"
        " and exists (select from information_schema.columns s where s.table_schema = 'public' and s.table_name = c.table_name"
        "   and s.column_name = 'id') order by 1, 2"
    )
    canaries: dict[str, tuple[str, str, UUID]] = {}
    async with admin.transaction():
        # Neither triggers nor foreign keys: only what the columns themselves refuse.
        await admin.execute("set local session_replication_role = replica")
        for table, column, kind in columns:
            if column in CODES:
                continue
            for (row_id,) in await admin.fetch(f"select id from {table} where school_id = $1", school_id):
                song = f"鸟{len(canaries):05}鸟"
                value = json.dumps({"song": song}) if kind == "jsonb" else song
                try:
                    async with admin.transaction():
                        await admin.execute(f"update {table} set {column} = $3 where school_id = $1 and id = $2", school_id, row_id, value)
                except asyncpg.CheckViolationError:
                    break
                canaries[song] = (table, column, row_id)
    return canaries


@pytest.fixture
async def aviary(world: World, database_urls: tuple[str, str], admin_url: str) -> AsyncIterator[Aviary]:
    room = await world.school_class(7, 1)
    await world.account(("homeroom_teacher", room))
    ids = await furnish(world, room)
    await deepened(world, ids)
    async with world.session() as session:
        child = await session.get_one(Student, (world.school_id, ids["student"]))
        mother = await session.get_one(Guardian, (world.school_id, ids["guardian"]))
        told = {
            row.id
            for row in await session.scalars(select(Goal).where(Goal.need_id.in_(select(Need.id).where(Need.data_class == "academic"))))
        }
        told |= {row.id for row in await session.scalars(select(PlanMeasure).where(PlanMeasure.goal_id.in_(told)))}
    father, former = await guardian(world, child, "王建国"), await guardian(world, child, "旧监护人", ended_on=today())
    await kept_away(world, child, father)
    other_child = await world.student("别家孩子", await world.school_class(8, 2))
    other = await guardian(world, other_child, "李家长")
    away = await world.elsewhere()
    away_child = await away.student("外校孩子")
    stranger = await guardian(away, away_child, "外校家长")
    waiting = await asked(
        world, child, mother, kind="erase", field=None, parts=["own_details"], desk="registrar", data_class="contact", wanted="对", said="说",
        state="awaiting_approval", outcome="refused", ground="other", reason="拟答复的理由", prepared_by=new_id(), returned_reason="退回的理由",
    )  # fmt: skip
    for who in (father, former):
        await asked(world, child, who, wanted="对", said="说")
    readers = {
        "mother": Reader(await world.family(mother), own=mother.id),
        "father under an order": Reader(await world.family(father), own=father.id),
        "former guardian": Reader(await world.family(former), own=former.id),
        "guardian of another child": Reader(await world.family(other), own=other.id),
        "guardian of another school": Reader(await away.family(stranger)),
        "the child": Reader(await world.client(account=await world.student_account(child))),
    }
    admin = await asyncpg.connect(re.sub(r"/[^/]*$", "/" + database_urls[1].rpartition("/")[2], admin_url))
    canaries = await hang(admin, world.school_id)
    rows = {row for _, _, row in canaries.values()}
    shared = {row for table, _, row in canaries.values() if table in ("classes", "terms", "exams", "exam_subjects", "staff")}
    results = {row for table, _, row in canaries.values() if table == "results"}
    readers["mother"].rows = shared | results | told | {child.id, mother.id, father.id, waiting.id, ids["data_request"]}
    readers["guardian of another child"].rows = shared | {other_child.id, other.id}
    readers["the child"].rows = shared | told | {child.id}
    assert told <= rows
    yield Aviary(ids, readers, canaries)
    await admin.close()


def text_of(answer: httpx.Response) -> str:
    """All that an answer tells, with its headers; papers are unpacked."""
    kind = answer.headers.get("content-type", "")
    if "pdf" in kind:
        body = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(answer.content)))
    elif "officedocument" in kind:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            body = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    else:
        body = answer.text
    return body + str(dict(answer.headers))


async def ask(asker: Asker, aviary: Aviary, reader: Reader, path: str, method: str, operation: dict[str, Any]) -> httpx.Response:
    """Call an operation about the child."""
    ids, name = aviary.ids, operation["operationId"]
    needed = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query" and p.get("required")}
    query = {n: str(ids.get(n.removesuffix("_id"), "x")) for n in needed}
    made = OURS.get(name, asker.body(operation, ids))
    if name == "own_data_requests_create":
        made = {"json": {"student_id": str(ids["student"]), "kind": "copy"}}
    return await reader.client.request(
        method.upper(), asker.path(path, operation, ids), params=query, headers={"If-Match": '"1"'}, **(made or {})
    )


WHO = ("mother", "father under an order", "former guardian", "guardian of another child", "guardian of another school", "the child")


async def test_every_table_of_the_child_carries_canaries(aviary: Aviary) -> None:
    tables = {table for table, _, _ in aviary.canaries.values()}
    assert tables >= {
        *("evidence", "evidence_changes", "recognitions", "recognition_steps", "proposals", "dossiers", "timeline_entries", "case_leads"),
        *("support_plans", "needs", "goals", "plan_measures", "plan_reviews", "interventions", "intervention_versions", "data_requests"),
        *("student_families", "student_economies", "student_healths", "student_records", "student_contacts", "custody_orders", "guardians"),
    }
    assert len(aviary.canaries) > 300


@pytest.mark.parametrize("who", WHO)
async def test_no_operation_tells_what_is_not_for_the_reader(world: World, aviary: Aviary, who: str) -> None:
    asker, reader = Asker(world.app.openapi()), aviary.readers[who]
    tried, came_in, heard = 0, set(), set()
    # Reading first: afterwards there may be less to read.
    for path, method, operation in sorted(asker.operations(), key=lambda one: one[1] != "get"):
        name = operation["operationId"]
        if name in NOT_HERE:
            continue
        answer = await ask(asker, aviary, reader, path, method, operation)
        assert answer.status_code < 500, (name, answer.text[:300])
        text = text_of(answer)
        for song in set(re.findall(r"鸟\d{5}鸟", text)):
            table, column, row = aviary.canaries[song]
            assert reader.may_hear(table, column, row), (name, table, column)
            heard.add((table, column))
        if answer.is_success and path.startswith("/api/"):
            assert not FORBIDDEN.findall(text), (name, FORBIDDEN.findall(text))
            came_in.add(name)
        tried += 1
    assert tried > 180
    expected = {"mother": TOLD | OWN_GUARDIAN, "the child": {("goals", "statement"), ("plan_measures", "title"), ("staff", "name")}}
    # It can fail: what is for the reader is heard.
    assert heard >= expected.get(who, set())
    closed = {"children_read", "children_export_json", "children_export_pdf", "own_data_requests_create"}
    assert closed <= came_in if who == "mother" else not closed & came_in


OUTSIDE = [
    path
    for path in sorted((PROJECT / "frontend" / "src" / "features").iterdir())
    if path.name.split("-")[0] in ("family", "student", "volunteer")
]


@pytest.mark.parametrize("feature", OUTSIDE, ids=lambda path: path.name)
def test_no_text_of_the_families_pages_labels_a_child(feature: Path) -> None:
    files = [path for path in feature.rglob("*") if path.suffix in (".po", ".tsx", ".ts")]
    assert files
    for path in files:
        assert not WORDS.findall(path.read_text()), path.name


async def test_an_account_of_a_family_has_no_menu_of_the_staff(world: World, aviary: Aviary) -> None:
    async with world.session() as session:
        assert await session.get(Account, aviary.readers["mother"].client.account.id) is not None  # type: ignore[attr-defined]
    me = (await aviary.readers["mother"].client.get("/api/v1/me")).json()
    assert (me["menu"], me["rights"], me["roles"], me["home"]) == (["home"], {}, [], "guardian")
