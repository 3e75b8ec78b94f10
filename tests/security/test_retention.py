"""Retention: what is erased when, by which rule and no other way; on PostgreSQL, with students who left long ago."""

# ruff: noqa: E501 - sentences of SQL

import asyncio
import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from sqlalchemy import text

from nuanyang.access.audit import service as audit
from nuanyang.access.audit.repository import CONTENT
from nuanyang.casework.dossiers.models import CaseLead
from nuanyang.casework.evidence.models import SpecialListRow
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure
from nuanyang.casework.retention import tasks as retention
from nuanyang.casework.retention.models import LegalHold, RetentionRule, RetentionRun
from nuanyang.casework.retention.rules import is_ripe
from nuanyang.casework.retention.service import reporting, running
from nuanyang.entrypoints.commands.retention import run_all
from nuanyang.entrypoints.database import SEALER, login_url
from nuanyang.entrypoints.http import create_app
from nuanyang.entrypoints.models import metadata
from nuanyang.entrypoints.retaining import ask_nights
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import Database
from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs import Run
from nuanyang.school.guardians.models import Guardian, GuardianIdentity, StudentGuardian
from nuanyang.school.students.models import Student, StudentContact, StudentEconomy, StudentFamily, StudentHealth, StudentIdentity
from tests.factories.cases import evidence, noted, opened, planned, recognised
from tests.factories.database import PASSWORD, cloned
from tests.factories.world import World, make_world


@pytest.fixture
async def admin(database_urls):
    connection = await asyncpg.connect(database_urls[1])
    yield connection
    await connection.close()


def years_ago(years: int, days: int = 1) -> date:
    day = today()
    return date(day.year - years, day.month, min(day.day, 28)) - timedelta(days=days)


async def furnished(
    world: World, name: str = "王小明", *, left: date | None = None, status: str = "graduated", guardian: Guardian | None = None
) -> Student:
    """A student with something of every class, who left on a day (or is still here)."""
    student = await world.student(name, status=status if left else "enrolled", status_on=left)
    key = {"school_id": world.school_id, "id": student.id}
    guardian = guardian or await world.add(Guardian(school_id=world.school_id, id=new_id(), name="王建国", phone="13800001111"))
    await world.add(
        StudentContact(**key, phone="13900002222", address="幸福路 1 号"),
        StudentFamily(**key, single_parent=True),
        StudentEconomy(**key, needs_aid=True),
        StudentHealth(**key, disability="听力"),
        StudentIdentity(**key, identity_cipher=b"c", identity_index=b"i", identity_tail="1X"),
        StudentGuardian(school_id=world.school_id, id=new_id(), student_id=student.id, guardian_id=guardian.id, relation="father"),
    )
    await evidence(world, student, "C4", data_class="family", note="父母在外打工")
    await evidence(world, student, "C1", data_class="economic", note="低保家庭")
    await recognised(world, student, "C4", data_class="family")
    await recognised(world, student, "C1", data_class="economic")
    await noted(world, student, "family")
    await opened(world, student, "family")
    return student


async def clerk(world: World) -> running.Clerk:
    return running.Clerk(world.school_id, None)


async def shown(world: World) -> Any:
    run_id = await running.show(world.database, await clerk(world))
    return await report(world, run_id)


async def applied(world: World, run_id: Any, **more: Any) -> Any:
    await running.apply(world.database, await clerk(world), run_id, **more)
    return await report(world, run_id)


async def report(world: World, run_id: Any) -> Any:
    async with world.session() as session:
        return (await reporting.told(session, world.school_id, [await session.get_one(RetentionRun, (world.school_id, run_id))]))[0]


async def rows_of(admin: Any, student: Student) -> dict[str, int]:
    """How many rows each table holds of a student, counted by the superuser."""
    counts = {}
    for row in await admin.fetch("select name, student from retention_tables where student is not null"):
        statement = f"select count(*) from {row['name']} t where t.school_id = $1 and ({row['student']}) = $2"
        counts[row["name"]] = await admin.fetchval(statement, student.school_id, student.id)
    return {name: count for name, count in counts.items() if count}


async def test_what_is_due_goes_and_what_is_kept_longer_stays(world, admin):
    gone, here = await furnished(world, left=years_ago(1)), await furnished(world, "李小红")
    before = await rows_of(admin, here)
    run = await shown(world)
    assert run.students == 1
    assert await rows_of(admin, gone) == before
    run = await applied(world, run.id)
    assert run.students_done == 1, run
    left = await rows_of(admin, gone)
    assert {"student_contacts", "student_families", "student_healths", "student_identities", "student_guardians"}.isdisjoint(left)
    assert (left["students"], left["student_economies"], left["evidence"], left["recognitions"]) == (1, 1, 1, 1)
    assert await rows_of(admin, here) == before


async def test_the_account_is_what_happened_and_what_happens_is_what_was_shown(world, admin):
    gone = await furnished(world, left=years_ago(1))
    before = await rows_of(admin, gone)
    run = await shown(world)
    done = await applied(world, run.id)
    assert done.done
    after = await rows_of(admin, gone)
    async with world.session() as session:
        (item,) = await session.scalars(text("select counts from retention_items where run_id = :run").bindparams(run=run.id))
    told: dict[str, int] = {}
    for tables in item.values():
        for table, count in tables.items():
            told[table] = told.get(table, 0) + count["erased"]
    guardians = told.pop("guardians")
    # Closing the file adds nothing here: it went with its class.
    assert told == {table: count - after.get(table, 0) for table, count in before.items() if count != after.get(table, 0)}
    assert guardians == 1
    assert [(c.data_class, c.erased, c.emptied) for c in done.done] == [(c.data_class, c.erased, c.emptied) for c in run.classes]
    assert sum(c.erased for c in done.done) == sum(told.values()) + guardians


async def test_a_second_run_finds_nothing_to_do(world, admin):
    gone = await furnished(world, left=years_ago(1))
    run = await shown(world)
    await applied(world, run.id)
    left = await rows_of(admin, gone)
    again = await shown(world)
    assert (again.students, again.classes) == (0, [])
    assert (await applied(world, again.id)).done == []
    assert (await applied(world, again.id)).done == []
    assert await rows_of(admin, gone) == left


async def test_after_the_longest_term_only_the_register_is_left(world, admin):
    gone = await furnished(world, left=years_ago(5))
    run = await shown(world)
    done = await applied(world, run.id)
    assert {c.data_class for c in done.done} == {"contact", "economic", "family", "health", "identity"}
    assert set(await rows_of(admin, gone)) == {"students"}


async def test_who_left_less_than_a_year_ago_is_shown_in_the_last_fortnight_and_not_touched(world, admin):
    soon, later = (
        await furnished(world, left=today() - timedelta(days=365 - 10)),
        await furnished(world, left=today() - timedelta(days=200)),
    )
    before = await rows_of(admin, soon), await rows_of(admin, later)
    run = await shown(world)
    assert (run.students, run.students_due, run.earliest_due_on) == (1, 0, soon.status_on.replace(year=soon.status_on.year + 1))
    assert (await applied(world, run.id)).done == []
    del before[0]["dossiers"], before[0]["timeline_entries"], before[1]["dossiers"], before[1]["timeline_entries"]
    for student, rows in ((soon, before[0]), (later, before[1])):
        assert {k: v for k, v in (await rows_of(admin, student)).items() if k in rows} == rows


async def test_twins_keep_the_one_who_is_still_here_and_a_guardian_goes_with_the_last_child(world, admin):
    guardian = await world.add(Guardian(school_id=world.school_id, id=new_id(), name="王建国", phone="13800001111"))
    await world.add(
        GuardianIdentity(school_id=world.school_id, id=guardian.id, identity_cipher=b"c", identity_index=b"i", identity_tail="1X")
    )
    gone = await furnished(world, "王小明", left=years_ago(1), guardian=guardian)
    here = await furnished(world, "王小明", guardian=guardian)
    before = await rows_of(admin, here)
    run = await shown(world)
    await applied(world, run.id)
    assert await rows_of(admin, here) == before
    assert await rows_of(admin, gone) != before
    count = "select count(*) from guardians where school_id = $1"
    assert await admin.fetchval(count, world.school_id) == 1
    assert await admin.fetchval("select count(*) from guardian_identities where school_id = $1", world.school_id) == 1
    await admin.execute("update students set status = 'graduated', status_on = $2 where id = $1", here.id, years_ago(1))
    run = await shown(world)
    await applied(world, run.id)
    assert await admin.fetchval(count, world.school_id) == 0
    assert await admin.fetchval("select count(*) from guardian_identities where school_id = $1", world.school_id) == 0


async def test_siblings_who_leave_together_go_in_one_run(world, admin):
    guardian = await world.add(Guardian(school_id=world.school_id, id=new_id(), name="王建国", phone="13800001111"))
    for name in ("王小明", "王小红"):
        await furnished(world, name, left=years_ago(1), guardian=guardian)
    run = await shown(world)
    done = await applied(world, run.id)
    assert done.students_done == 2
    assert await admin.fetchval("select count(*) from guardians where school_id = $1", world.school_id) == 0
    assert (await shown(world)).students == 0


async def test_another_school_is_another_world(world, admin):
    elsewhere = await world.elsewhere()
    there = await furnished(elsewhere, left=years_ago(6))
    before = await rows_of(admin, there)
    run = await shown(world)
    await applied(world, run.id)
    assert run.students == 0
    assert await rows_of(admin, there) == before


# -- holds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole_school", [False, True])
async def test_who_is_on_legal_hold_is_left_alone_until_it_is_lifted(world, admin, whole_school):
    gone = await furnished(world, left=years_ago(1))
    before = await rows_of(admin, gone)
    principal = await world.client("principal")
    body = {"student_id": None if whole_school else str(gone.id), "reason": "法院要求保全相关材料"}
    held = await principal.post("/api/v1/legal-holds", json=body)
    assert held.status_code == 201, held.text
    assert (await principal.post("/api/v1/legal-holds", json=body)).status_code == 409
    run = await shown(world)
    assert (run.students_held, run.students_due, run.classes) == (1, 0, [])
    done = await applied(world, run.id)
    assert (done.done, done.students_held) == ([], 1)
    after = await rows_of(admin, gone)
    assert after.pop("timeline_entries") == before.pop("timeline_entries") + 1  # the file was closed
    assert after == before
    lifted = await principal.post(f"/api/v1/legal-holds/{held.json()['id']}/lift", json={"reason": "案件已审结"})
    assert (lifted.status_code, lifted.json()["lift_reason"]) == (200, "案件已审结")
    run = await shown(world)
    assert (await applied(world, run.id)).students_done == 1


async def test_a_hold_set_after_the_dry_run_stops_what_it_has_shown(world, admin):
    gone = await furnished(world, left=years_ago(1))
    before = await rows_of(admin, gone)
    run = await shown(world)
    await world.add(LegalHold(school_id=world.school_id, id=new_id(), student_id=gone.id, reason="举报调查中"))
    done = await applied(world, run.id)
    assert (done.students_held, done.done) == (1, [])
    assert {k: v for k, v in (await rows_of(admin, gone)).items() if k != "timeline_entries"} == {
        k: v for k, v in before.items() if k != "timeline_entries"
    }


async def test_the_database_itself_refuses_to_delete_rows_of_a_held_student(world, admin):
    gone, other = await furnished(world), await furnished(world, "李小红")
    await world.add(LegalHold(school_id=world.school_id, id=new_id(), student_id=gone.id, reason="举报调查中"))
    for table in ("student_contacts", "evidence", "timeline_entries", "student_guardians"):
        owner = "id" if table == "student_contacts" else "student_id"
        with pytest.raises(asyncpg.CheckViolationError, match="legal hold"):
            await admin.execute(f"delete from {table} where {owner} = $1", gone.id)
        assert await admin.execute(f"delete from {table} where {owner} = $1", other.id) != "DELETE 0"


# -- what stands in the way ------------------------------------------------------------------------------


async def test_only_what_was_shown_is_erased(world, admin):
    gone = await furnished(world, left=years_ago(1))
    run = await shown(world)
    await evidence(world, gone, "C4", data_class="family", note="补记")
    before = await rows_of(admin, gone)
    done = await applied(world, run.id)
    assert (done.students_changed, done.done) == (1, [])
    assert {k: v for k, v in (await rows_of(admin, gone)).items() if k != "timeline_entries"} == {
        k: v for k, v in before.items() if k != "timeline_entries"
    }
    run = await shown(world)
    assert (await applied(world, run.id)).students_done == 1


async def test_who_has_come_back_is_left_alone(world, admin):
    gone = await furnished(world, left=years_ago(1), status="transferred_out")
    run = await shown(world)
    await admin.execute("update students set status = 'enrolled', status_on = null where id = $1", gone.id)
    before = await rows_of(admin, gone)
    done = await applied(world, run.id)
    assert (done.students_changed, done.done) == (1, [])
    assert await rows_of(admin, gone) == before


async def test_only_the_newest_dry_run_can_be_applied(world):
    await furnished(world, left=years_ago(1))
    old, _ = await shown(world), await shown(world)
    principal = await world.client("principal")
    answer = await principal.post(f"/api/v1/retention-runs/{old.id}/apply")
    assert (answer.status_code, answer.json()["code"]) == (409, "retention_run_not_newest")


async def test_a_run_killed_in_the_middle_is_simply_run_again(world, admin):
    gone = [await furnished(world, f"学生{n}", left=years_ago(1)) for n in range(4)]
    before = await rows_of(admin, gone[0])

    async def killed(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    run = await shown(world)
    with pytest.raises(KeyboardInterrupt):
        await applied(world, run.id, report=killed)
    rows = [await rows_of(admin, student) for student in gone]
    # All or nothing of each.
    assert sorted(r == before for r in rows) == [False, False, True, True]
    assert len({str(r) for r in rows}) == 2
    done = await applied(world, run.id)
    assert (done.students_done, done.state) == (4, "applied")
    assert len({str(await rows_of(admin, student)) for student in gone}) == 1


async def test_a_dry_run_killed_in_the_middle_goes_on_where_it_stopped(world):
    for n in range(3):
        await furnished(world, f"学生{n}", left=years_ago(1))
    run_id = new_id()

    async def killed(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await running.show(world.database, await clerk(world), killed, run_id=run_id)
    assert (await report(world, run_id)).state == "working"
    await running.show(world.database, await clerk(world), run_id=run_id)
    assert ((await report(world, run_id)).state, (await report(world, run_id)).students) == ("shown", 3)


async def test_the_application_can_erase_in_no_other_way(world):
    gone = await furnished(world, left=years_ago(1))
    run = await shown(world)
    statements = (
        "delete from evidence",
        "delete from students",
        "delete from audit_entries",
        "update audit_entries set before = null",
        "delete from legal_holds",
        "update legal_holds set student_id = null",
        "update retention_items set state = 'shown'",
        f"insert into retention_items (school_id, id, run_id, due_on, data_classes, counts, state, first_shown_on) values ('{world.school_id}', '{new_id()}', '{run.id}', now(), '{{basic}}', '{{}}', 'shown', now())",
        "update retention_rules set years = 1",
        "update retention_classes set years = 0",
        "update retention_tables set student = 't.id'",
        f"select retention_erase('{gone.id}', '{{basic}}', current_date, '{new_id()}')",
        f"select retention_try('{gone.id}', '{{basic}}', current_date)",
    )
    for statement in statements:
        with pytest.raises(Exception, match="permission denied"):
            async with world.session() as session:
                await session.execute(text(statement))
    async with world.session() as session:
        assert await session.scalar(text("select retention_apply(:item)"), {"item": new_id()}) == "unknown"


# -- leaving ---------------------------------------------------------------------------------------------


async def left(world: World, student: Student) -> date | None:
    async with world.session() as session:
        return await session.scalar(text("select left_on(:id)"), {"id": student.id})


async def test_when_somebody_has_left(world):
    day = date(2020, 7, 1)
    assert await left(world, await world.student()) is None
    for status in ("graduated", "transferred_out", "deceased"):
        assert await left(world, await world.student(status=status, status_on=day)) == day
    for status in ("suspended", "whereabouts_unverified"):
        assert await left(world, await world.student(status=status, status_on=day)) is None
    # Compulsory schooling calls a drop-out back.
    assert await left(world, await world.student(status="dropped_out", status_on=day, birth_on=date(2010, 3, 4))) == date(2026, 3, 4)
    assert await left(world, await world.student(status="dropped_out", status_on=day, birth_on=None)) is None
    target = await world.student(status="graduated", status_on=day)
    assert await left(world, await world.student(status="merged", merged_into_id=target.id)) == day
    assert await left(world, await world.student(status="merged", merged_into_id=(await world.student()).id)) is None


async def test_who_has_left_on_no_day_on_record_is_counted_and_never_due(world):
    await world.student(status="graduated", status_on=None)
    run = await shown(world)
    assert (run.undated, run.students) == (1, 0)


async def test_the_file_of_who_has_left_is_closed_and_its_lead_ends(world, admin):
    gone = await world.student(status="graduated", status_on=today())
    await opened(world, gone)
    staff = await world.staff()
    await world.add(CaseLead(school_id=world.school_id, id=new_id(), student_id=gone.id, staff_id=staff.id, valid_from=today()))
    run = await shown(world)
    assert (run.files_to_close, run.files_closed) == (1, None)
    done = await applied(world, run.id)
    assert done.files_closed == 1
    assert await admin.fetchval("select close_reason from dossiers where student_id = $1", gone.id) == running.LEFT
    assert await admin.fetchval("select valid_to from case_leads where student_id = $1", gone.id) is not None


# -- plans -----------------------------------------------------------------------------------------------


async def test_a_plan_with_a_need_of_a_longer_term_stays_for_that_without_its_words(world, admin):
    gone = await world.student(status="graduated", status_on=years_ago(1))
    measure = await planned(world, gone, "L1.1.home_visit", dimension="living", state="approved")
    await admin.execute("update support_plans set summary = '一起努力' where id = $1", measure.plan_id)
    family = await planned_need(world, measure.plan_id, "family")
    economic = Intervention(
        school_id=world.school_id, id=new_id(), student_id=gone.id, kind="A1.3.small_group_tutoring", data_class="economic",
        plan_measure_id=family.id, held_on=today(), minutes=10, form={}, entered_on=today(),
    )  # fmt: skip
    await world.add(economic)
    run = await shown(world)
    assert [(c.data_class, c.erased, c.emptied) for c in run.classes] == [("family", 3, 1)]
    await applied(world, run.id)
    assert await admin.fetch("select data_class from needs where plan_id = $1", measure.plan_id) == [("economic",)]
    assert await admin.fetchval("select summary from support_plans where id = $1", measure.plan_id) is None
    assert await admin.fetchval("select plan_measure_id from interventions where id = $1", economic.id) is None
    assert (await shown(world)).students == 0
    await admin.execute("update students set status_on = $2 where id = $1", gone.id, years_ago(5))
    run = await shown(world)
    await applied(world, run.id)
    assert set(await rows_of(admin, gone)) == {"students"}


async def planned_need(world: World, plan_id: Any, data_class: str) -> PlanMeasure:
    key = {"school_id": world.school_id, "plan_id": plan_id}
    need = Need(**key, id=new_id(), dimension="social", data_class=data_class, statement="多陪伴")
    goal = Goal(**key, id=new_id(), need_id=need.id, statement="每周通话", indicator="次数", baseline="0", target="1", due_on=today())
    measure = PlanMeasure(
        **key,
        id=new_id(),
        goal_id=goal.id,
        kind="A1.3.small_group_tutoring",
        title="谈心",
        times=1,
        per="week",
        minutes=20,
        starts_on=today(),
    )
    await world.add(need, goal, measure)
    return measure


# -- terms -----------------------------------------------------------------------------------------------


async def test_another_term_needs_two_persons_and_stays_within_bounds(world):
    principal, head = await world.client("principal"), await world.client("moral_education")
    officer = await world.client("admin")
    wanted = {"data_class": "economic", "action": "erase", "years": 8, "reason": "上级资助检查要求"}
    for wrong in ({"years": 4}, {"years": 16}, {"years": None}, {"action": "keep", "years": None}, {"action": "deidentify"}):
        answer = await principal.post("/api/v1/retention-terms", json=wanted | wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "retention_out_of_bounds")
    assert (await principal.post("/api/v1/retention-terms", json=wanted | {"data_class": "money", "years": 30})).status_code == 422
    made = await principal.post("/api/v1/retention-terms", json=wanted)
    assert made.status_code == 201, made.text
    assert (await officer.post("/api/v1/retention-terms", json=wanted)).json()["code"] == "retention_rule_waiting"
    term = next(t for t in made.json()["items"] if t["data_class"] == "economic")
    assert (term["years"], term["proposal"]["years"], term["proposal"]["is_own"]) == (5, 8, True)
    url = f"/api/v1/retention-terms/{term['proposal']['id']}"
    assert (await principal.post(f"{url}/approve")).json()["code"] == "own_retention_rule"
    assert (await officer.post(f"{url}/approve")).status_code == 403
    approved = await head.post(f"{url}/approve")
    term = next(t for t in approved.json()["items"] if t["data_class"] == "economic")
    assert (term["years"], term["reason"], term["proposal"]) == (8, "上级资助检查要求", None)
    assert (await head.post(f"{url}/withdraw")).json()["code"] == "retention_rule_decided"


async def rule(world: World, data_class: str, action: str, years: int | None) -> None:
    author, approver = await world.account("principal"), await world.account("moral_education")
    await world.add(
        RetentionRule(
            school_id=world.school_id, id=new_id(), data_class=data_class, action=action, years=years, reason="本校决定",
            created_by=author.id, approved_by=approver.id, approved_at=now(),
        )
    )  # fmt: skip


async def test_the_database_refuses_an_own_approval_and_what_is_outside_the_bounds(world):
    author = (await world.account("principal")).id
    row = {"school_id": world.school_id, "data_class": "family", "action": "erase", "years": 2, "reason": "本校决定", "created_by": author}
    with pytest.raises(Exception, match="does not approve it"):
        await world.add(RetentionRule(id=new_id(), **row, approved_by=author, approved_at=now()))
    for wrong in ({"years": 0}, {"years": 6}, {"action": "keep", "years": None}):
        with pytest.raises(Exception, match="outside of what a school may choose"):
            await world.add(RetentionRule(id=new_id(), **row | wrong))


async def test_a_longer_term_of_the_school_holds(world, admin):
    gone = await furnished(world, left=years_ago(1))
    run = await shown(world)
    await rule(world, "family", "erase", 3)
    assert (await applied(world, run.id)).students_changed == 1
    run = await shown(world)
    assert "family" not in {c.data_class for c in run.classes}
    await applied(world, run.id)
    left_over = await rows_of(admin, gone)
    assert (left_over["student_families"], left_over["evidence"]) == (1, 2)


async def test_de_identified_means_that_what_is_left_names_nobody(world, admin):
    gone = await furnished(world, left=years_ago(10))
    await rule(world, "basic", "deidentify", 10)
    run = await shown(world)
    done = await applied(world, run.id)
    assert next(c for c in done.done if c.data_class == "basic").emptied == 1
    row = await admin.fetchrow("select name, pinyin, initials, student_number, birth_on, sex, grade from students where id = $1", gone.id)
    assert tuple(row) == ("（已去标识）", "", "", None, date(2013, 1, 1), "male", 7)
    entries = await admin.fetch(
        "select before, after from audit_entries where student_id = $1 and (before is not null or after is not null)", gone.id
    )
    assert entries == []
    assert (await shown(world)).students == 0


# -- the record ------------------------------------------------------------------------------------------


async def test_the_record_keeps_that_it_was_erased_and_by_what_rule_and_nothing_of_what(world, admin, database_urls):
    gone = await furnished(world, left=years_ago(5))
    held = "select count(*) from audit_entries where school_id = $1 and (before::text ~ '幸福路|外打工|13900002222' or after::text ~ '幸福路|外打工|13900002222|13800001111')"
    assert await admin.fetchval(held, world.school_id) > 0
    counted = await admin.fetchval("select count(*) from audit_entries where student_id = $1", gone.id)
    run = await shown(world)
    await applied(world, run.id)
    assert await admin.fetchval(held, world.school_id) == 0
    assert await admin.fetchval("select count(*) from audit_entries where student_id = $1", gone.id) > counted
    entry = await admin.fetchrow("select * from audit_entries where student_id = $1 and entity = 'retention'", gone.id)
    told = json.loads(entry["details"])
    assert (entry["action"], told["run"]) == ("delete", str(run.id))
    assert told["rules"]["economic"] == {"action": "erase", "years": 5, "rule": None}
    assert told["rows"]["family"]["evidence"] == {"erased": 1, "emptied": 0}
    erased = await admin.fetch("select fields, account_id, content_digest from audit_entries where erased_by = $1", entry["id"])
    assert all(row["fields"] and row["content_digest"] for row in erased)


async def test_what_is_said_about_whoever_erases_it_goes_as_well(world, admin):
    gone = await world.student(status="graduated", status_on=years_ago(1))
    staff = await world.staff()
    principal = await world.account("principal", staff=staff)
    piece = await evidence(world, gone, "C4", "bullied", data_class="protection", about_staff_id=staff.id)
    run = await shown(world)
    await running.apply(world.database, running.Clerk(world.school_id, principal.id), run.id)
    assert await admin.fetchval("select count(*) from evidence where id = $1", piece.id) == 0


async def sealer(urls: tuple[str, str]) -> Database:
    name = urlsplit(urls[1]).path.lstrip("/")
    admin = await asyncpg.connect(urls[1])
    await admin.execute(f"grant connect on database {name} to {SEALER}")
    await admin.close()
    database = Database(login_url(urls[1], database=name, user=SEALER, password=PASSWORD), read_size=1, write_size=1)
    await database.start()
    return database


async def test_the_seal_holds_over_what_was_erased_and_finds_what_was_only_said_to_be(settings, admin_url):
    key = b"k" * 32
    async with cloned(settings, admin_url) as urls:
        database, sealing, owner = (
            Database(urls[0], read_size=2, write_size=2),
            await sealer(urls),
            await asyncpg.connect(urls[1]),
        )
        await database.start()
        app = create_app(settings, database)
        try:
            world = await make_world(app, database)
            gone, here = await furnished(world, left=years_ago(1)), await furnished(world, "李小红")
            await audit.seal_once(sealing, key)
            await running.apply(database, await clerk(world), await running.show(database, await clerk(world)))
            await audit.seal_once(sealing, key)
            found = await audit.verify(sealing, key, [])
            assert found.is_sound
            assert found.erased > 5
            # Emptied by hand, with nothing on record, or in the name of an erasure of somebody else.
            forged = await owner.fetchval("select id from audit_entries where student_id = $1 and after is not null limit 1", here.id)
            empty = "update audit_entries set before = null, after = null, content_salt = null, erased_by = $2 where id = $1"
            for excuse in (
                None,
                new_id(),
                await owner.fetchval("select id from audit_entries where student_id = $1 and entity = 'retention'", gone.id),
            ):
                async with owner.transaction():
                    await owner.execute(empty, forged, excuse)
                    told = await owner.fetchval(f"select {CONTENT} from audit_entries e where id = $1", forged)
                    assert told == "changed"
                    await owner.execute("rollback and chain")
            await owner.execute(empty, forged, None)
            assert [(f.problem, f.entry_id) for f in (await audit.verify(sealing, key, [])).findings] == [("changed", forged)]
        finally:
            for one in (database, sealing):
                await one.stop()
            await owner.close()


async def test_content_changed_by_hand_is_found_by_its_digest(world, admin):
    student = await world.student()
    entry = await admin.fetchval("select id from audit_entries where student_id = $1 and entity = 'students'", student.id)
    told = f"select {CONTENT} from audit_entries e where id = $1"
    assert await admin.fetchval(told, entry) == "kept"
    change = admin.transaction()
    await change.start()
    await admin.execute("update audit_entries set after = jsonb_set(after, '{name}', '\"李四\"') where id = $1", entry)
    assert await admin.fetchval(told, entry) == "changed"
    await change.rollback()  # the record of this database stays sound for who verifies it after us


# -- the night -------------------------------------------------------------------------------------------


async def test_the_night_erases_only_what_has_been_on_the_page_for_a_week(world, admin):
    gone = await furnished(world, left=years_ago(1))
    before = await rows_of(admin, gone)

    async def night() -> Any:
        run_id = new_id()
        await running.night(world.database, await clerk(world), run_id)
        return await report(world, run_id)

    assert (await night()).students == 1
    await night()
    third = await night()  # the first one's closing of the file was an entry more: its notice begins anew
    assert {k: v for k, v in (await rows_of(admin, gone)).items() if k != "timeline_entries"} == {
        k: v for k, v in before.items() if k != "timeline_entries"
    }
    await admin.execute("update retention_items set first_shown_on = first_shown_on - 7 where run_id = $1", third.id)
    last = await night()
    assert last.students == 0
    assert (await report(world, third.id)).students_done == 1


def test_when_something_may_happen_by_itself():
    day = date(2026, 9, 10)
    week = day - timedelta(days=7)
    assert is_ripe(week, day, day, has_student=True)
    assert not is_ripe(week + timedelta(days=1), day, day, has_student=True)
    assert not is_ripe(week, day + timedelta(days=1), day, has_student=True)
    assert is_ripe(day - timedelta(days=1), day, day, has_student=False)
    assert not is_ripe(day, day, day, has_student=False)


async def test_each_school_is_asked_once_a_night_and_not_before_two(world, admin):
    count = "select count(*) from jobs where kind = 'retention.night' and school_id = $1"
    at_one, at_three = (datetime.combine(today(), time(hour), ZoneInfo("Asia/Shanghai")) for hour in (1, 3))
    await ask_nights(world.database, at_one)
    assert await admin.fetchval(count, world.school_id) == 0
    await asyncio.gather(*(ask_nights(world.database, at_three) for _ in range(3)))
    assert await admin.fetchval(count, world.school_id) == 1
    await ask_nights(world.database, at_three + timedelta(days=1))
    assert await admin.fetchval(count, world.school_id) == 2


async def test_lists_without_a_student_go_a_year_after_they_came(world, admin):
    row = await world.add(
        SpecialListRow(
            school_id=world.school_id, id=new_id(), school_year_id=world.year.id, kind="low_income_family", data_class="family",
            list_name="民政名单", name="没有这个人", observed_on=today(), facts={}, near_ids=[], reason="no_match", state="open",
        )
    )  # fmt: skip
    assert (await shown(world)).classes == []
    await admin.execute("update special_list_rows set created_at = now() - interval '13 months' where id = $1", row.id)
    run = await shown(world)
    assert [(c.data_class, c.students, c.erased) for c in run.classes] == [("family", 0, 1)]
    await applied(world, run.id)
    assert await admin.fetchval("select count(*) from special_list_rows where id = $1", row.id) == 0


# -- jobs, command, page ---------------------------------------------------------------------------------


async def test_the_page_asks_for_a_dry_run_and_its_erasure_as_jobs(world, admin):
    gone = await furnished(world, left=years_ago(1))
    principal, officer = await world.client("principal"), await world.client("admin")
    asked = await officer.post("/api/v1/retention-runs")
    assert asked.status_code == 202, asked.text
    job = UUID(asked.json()["job_id"])
    await retention.show(Run(job, "retention.show", world.school_id, officer.account.id, {}, world.database))
    run = (await officer.get(f"/api/v1/retention-runs/{job}")).json()
    assert (run["state"], run["students_due"], run["created_by_name"] is not None) == ("shown", 1, True)
    assert (await officer.get(f"/api/v1/retention-runs/{job}/students")).status_code == 403
    (one,) = (await principal.get(f"/api/v1/retention-runs/{job}/students")).json()["items"]
    assert (one["name"], one["data_classes"], one["state"]) == ("王小明", ["contact", "family", "health", "identity"], "shown")
    assert (await officer.post(f"/api/v1/retention-runs/{job}/apply")).status_code == 403
    applying = await principal.post(f"/api/v1/retention-runs/{job}/apply")
    assert applying.status_code == 202
    work = Run(
        UUID(applying.json()["job_id"]), "retention.apply", world.school_id, principal.account.id, {"run_id": str(job)}, world.database
    )
    await retention.apply(work)
    await retention.apply(work)  # taken again after a crash
    (listed,) = (await officer.get("/api/v1/retention-runs")).json()["items"]
    assert (listed["state"], listed["students_done"], listed["applied_by_name"]) == ("applied", 1, principal.account.display_name)
    assert await admin.fetchval("select count(*) from audit_entries where student_id = $1 and entity = 'retention'", gone.id) == 1


async def test_the_command_shows_and_then_does_what_was_shown_for_long_enough(world, admin, database_urls):
    gone = await furnished(world, left=years_ago(1))
    code = await admin.fetchval("select code from schools where id = $1", world.school_id)
    ((_, (first,)),) = await run_all(database_urls[0], code, dry_run=True)
    assert (first.students_due, first.state) == (1, "shown")
    ((_, (before, _)),) = await run_all(database_urls[0], code, dry_run=False)
    assert before.students_done == 0
    ((_, (again,)),) = await run_all(database_urls[0], code, dry_run=True)
    await admin.execute("update retention_items set first_shown_on = first_shown_on - 7 where run_id = $1", again.id)
    ((_, (done, after)),) = await run_all(database_urls[0], code, dry_run=False)
    assert (done.students_done, after.students) == (1, 0)
    assert "student_families" not in await rows_of(admin, gone)


# -- no table forgotten ----------------------------------------------------------------------------------


async def test_every_table_of_a_school_says_how_long_its_rows_are_kept(admin):
    declared = {row["name"] for row in await admin.fetch("select name from retention_tables")}
    owned = {table.name for table in metadata.sorted_tables if "school_id" in table.c}
    assert declared == owned, "declare new tables by migrations/retaining.py"


async def test_every_table_of_a_student_is_under_a_term_of_a_class_there_is_and_refuses_to_lose_held_rows(admin):
    held = {row[0] for row in await admin.fetch("select tgrelid::regclass::text from pg_trigger where tgname = 'held'")}
    classes = {row["name"] for row in await admin.fetch("select name from retention_classes")}
    points_at_students = {t.name for t in metadata.sorted_tables for k in t.foreign_key_constraints if k.referred_table.name == "students"}
    for row in await admin.fetch("select * from retention_tables"):
        assert (row["student"] is not None) == (row["name"] in held), row["name"]
        constant = re.fullmatch(r"'(\w+)'", row["holds"] or "")
        assert constant is None or constant[1] in classes, row["name"]
    ours = {"enrolments", "retention_items", "legal_holds"}
    assert points_at_students - held == ours


async def test_rows_go_before_those_they_point_to(admin):
    position = {row["name"]: row["position"] for row in await admin.fetch("select name, position from retention_tables where why is null")}
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            to = key.referred_table.name
            if table.name in position and to in position and to != table.name:
                assert position[table.name] < position[to], (table.name, to)
