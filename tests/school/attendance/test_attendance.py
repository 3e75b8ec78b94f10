"""Attendance from sheets."""

from datetime import date, timedelta
from typing import Any

import httpx
from sqlalchemy import select

from nuanyang.kit.clock import today
from nuanyang.school.attendance.models import AttendanceChange
from tests.factories.sheets import send, workbook
from tests.factories.world import World

HEAD = ("学号", "姓名", "应出勤", "旷课", "病假（天）", "事假", "迟到次数")


def period() -> dict[str, str]:
    return {"starts_on": (today() - timedelta(days=40)).isoformat(), "ends_on": today().isoformat()}


async def bring(client: httpx.AsyncClient, *rows: tuple[Any, ...], **more: Any) -> httpx.Response:
    return await send(client, "/attendance/import", workbook(HEAD, *rows), "考勤.xlsx", **(period() | more))


async def in_term(world: World) -> bool:
    return any(t.starts_on <= today() - timedelta(days=40) and today() <= t.ends_on for t in world.terms)


async def test_days_and_times_come_in_once_and_are_corrected(world: World) -> None:
    assert await in_term(world), "the clock stands at a break between terms"
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 1)
    pupil = await world.student("考勤生", room)
    first = await bring(office, (pupil.student_number, "考勤生", 30, 1.5, "2天", "", 3))
    assert first.status_code == 200, first.text
    assert (await bring(office, (pupil.student_number, "考勤生", 30, 1.5, 2, "无", 3))).json()["unchanged"] == 1
    changed = (pupil.student_number, "考勤生", 30, 2.5, 2, 0, 3)
    assert (await bring(office, changed, dry_run=True)).json()["needs_reason"]
    unexplained = await bring(office, changed)
    assert unexplained.status_code == 409 and unexplained.json()["code"] == "reason_missing"
    assert (await bring(office, changed, form={"reason": "漏记一天旷课"})).json()["changed"] == 1
    async with world.session() as session:
        kept = (await session.scalars(select(AttendanceChange).where(AttendanceChange.school_id == world.school_id))).one()
    assert kept.before == {"truancy": 1.5} and kept.reason == "漏记一天旷课" and kept.changed_by is not None
    shown = (await office.get(f"/api/v1/students/{pupil.id}/attendance")).json()["periods"]
    assert [(p["truancy"], p["sick_leave"], p["personal_leave"], p["late"], p["school_days"]) for p in shown] == [(2.5, 2, 0, 3, 30)]
    periods = (await office.get("/api/v1/attendance/periods")).json()["items"]
    assert [(p["students"], p["with_truancy"], p["days_lost"]) for p in periods] == [(1, 1, 4.5)]


async def test_bad_cells_and_overlapping_periods_are_refused(world: World) -> None:
    office = await world.client("academic_affairs")
    pupil = await world.student("考勤生", await world.school_class(7, 1))
    row = (pupil.student_number, "考勤生", 30, 1, 2, 0, 3)
    bad = await bring(office, (pupil.student_number, "考勤生", 3, "很多", 2, 2, 1.5))
    assert bad.status_code == 422
    assert [(f["column"], f["code"]) for f in bad.json()["report"]["findings"]] == [
        ("D", "not_a_count"),
        ("G", "not_a_count"),
        ("C", "more_than_days"),
    ]
    assert (await bring(office, row)).json()["is_applied"]
    later = {"starts_on": (today() - timedelta(days=5)).isoformat()}
    clash = await bring(office, row, **later)
    assert clash.status_code == 422 and [f["code"] for f in clash.json()["report"]["findings"]] == ["period_overlaps"]
    assert (await bring(office, row, ends_on=(today() + timedelta(days=2)).isoformat())).json()["errors"][0]["code"] == "in_future"
    assert (await bring(office, row, starts_on=date(2020, 1, 1).isoformat())).status_code in (409, 422)


async def test_rights_hold_for_attendance(world: World) -> None:
    own, other = await world.school_class(7, 1), await world.school_class(7, 2)
    mine, theirs = await world.student("甲", own), await world.student("乙", other)
    teacher = await world.client(("homeroom_teacher", own))
    assert (await bring(teacher, (theirs.student_number, "乙", 30, 1, 0, 0, 0))).status_code == 422
    assert (await bring(teacher, (mine.student_number, "甲", 30, 1, 0, 0, 0))).status_code == 200
    assert (await teacher.get(f"/api/v1/students/{theirs.id}/attendance")).status_code == 404
    assert (await bring(await world.client("principal"), (mine.student_number, "甲", 30, 1, 0, 0, 0))).status_code == 403
    assert (await bring(world.anonymous(), (mine.student_number, "甲", 30, 1, 0, 0, 0))).status_code == 401
    stranger = await (await world.elsewhere()).client("academic_affairs")
    assert (await stranger.get("/api/v1/attendance/periods")).json()["items"] == []
    assert (await stranger.get(f"/api/v1/students/{mine.id}/attendance")).status_code == 404
    assert (await bring(stranger, (mine.student_number, "甲", 30, 1, 0, 0, 0))).json()["report"]["findings"][0]["code"] == "unknown_student"
