"""Class registers: a column a day, a word or a sign a cell, with the legend that the school has put on the sheet."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
import xlsxwriter

from nuanyang.kit.clock import today
from nuanyang.school.attendance.rules import Away, day_titles, is_day_title, read_day, signs_in
from tests.factories.sheets import send, workbook
from tests.factories.world import World

SIGNS = {"×": "truancy", "○": "sick_leave", "√": "present", "K": "truancy"}
LEGEND = "图例：√出勤 ×旷课 ○病假 △事假 ◇迟到"


@pytest.mark.parametrize(
    ("cell", "away"),
    [
        ("", []),
        ("√", []),
        ("公假", []),
        ("早退", []),
        ("旷", [("truancy", 1, False)]),
        ("×", [("truancy", 1, False)]),
        ("k", [("truancy", 1, False)]),
        ("旷课2节", [("truancy", 2, True)]),
        ("旷2", [("truancy", 2, True)]),
        ("×２", [("truancy", 2, True)]),
        ("病假1天", [("sick_leave", 1, False)]),
        ("病半天", [("sick_leave", 0.5, False)]),
        ("上午事假", [("personal_leave", 0.5, False)]),
        ("√/病", [("sick_leave", 0.5, False)]),
        ("×○", [("truancy", 0.5, False), ("sick_leave", 0.5, False)]),
        ("××", [("truancy", 1, False)]),
        ("迟、旷1节", [("late", 1, False), ("truancy", 1, True)]),
        ("迟到2次", [("late", 2, False)]),
        ("☆", None),
        ("很多", None),
    ],
)
def test_what_a_cell_of_a_day_says(cell: str, away: list[tuple[str, float, bool]] | None) -> None:
    found = read_day(cell, SIGNS, is_half_a_day=False)
    assert found == (None if away is None else [Away(what, Decimal(str(n)), lessons) for what, n, lessons in away])


def test_half_a_day_counts_half() -> None:
    assert read_day("病", {}, is_half_a_day=True) == [Away("sick_leave", Decimal("0.5"))]
    assert read_day("迟", {}, is_half_a_day=True) == [Away("late", Decimal(1))]


@pytest.mark.parametrize(
    "texts",
    [
        ["图例：√出勤 ×旷课 ○病假"],
        ["说明：出勤√，旷课×，病假○。"],
        ["√ 出勤 × 旷课 ○ 病假"],
        ["√表示出勤；×表示旷课；○表示病假"],
        ["出勤(√)、旷课(×)、病假(○)"],
        ["七(3)班9月考勤登记表", "班主任：王老师", "√：出勤", "×：旷课", "○：病假"],
    ],
)
def test_a_legend_is_read_in_either_order(texts: list[str]) -> None:
    assert signs_in(texts) == {"√": "present", "×": "truancy", "○": "sick_leave"}


def test_a_sign_of_two_meanings_has_none() -> None:
    assert signs_in(["×旷课 ○病假", "×事假"]) == {"○": "sick_leave"}


def test_a_bare_number_is_a_day_only_where_it_can_be_but_one() -> None:
    month = day_titles(date(2026, 9, 1), date(2026, 9, 30))
    assert month["1"] == month["9月1日"] == month["9/1"] == month["2026-09-01"] == month["01"] == "day 2026-09-01"
    assert month["1上午"] == "day 2026-09-01 上"
    longer = day_titles(date(2026, 9, 20), date(2026, 10, 25))
    assert "21" not in longer and longer["10月21日"] == "day 2026-10-21"
    assert is_day_title("31") and is_day_title("10月8日") and not is_day_title("旷课") and not is_day_title("备注")


def last_days(count: int) -> list[date]:
    return [today() - timedelta(days=n) for n in reversed(range(count))]


async def bring(client: httpx.AsyncClient, content: bytes, days: list[date], **more: Any) -> httpx.Response:
    period = {"starts_on": days[0].isoformat(), "ends_on": days[-1].isoformat()}
    return await send(client, "/attendance/import", content, "考勤登记表.xlsx", **(period | more))


async def kept(client: httpx.AsyncClient, student_id: object) -> list[tuple[float, ...]]:
    shown = (await client.get(f"/api/v1/students/{student_id}/attendance")).json()["periods"]
    return [(p["truancy"], p["sick_leave"], p["personal_leave"], p["late"]) for p in shown]


async def test_a_register_of_days_with_its_legend_comes_in(world: World) -> None:
    room, days = await world.school_class(7, 3), last_days(5)
    first, second = await world.student("陈小明", room), await world.student("张雨", room)
    teacher = await world.client(("homeroom_teacher", room))
    content = workbook(
        ("七(3)班考勤登记表",),
        ("序号", "姓名", *(day.day for day in days), "签名"),
        ("", "星期", *("一" for _ in days)),
        (1, "陈小明", "×3", "×", "○", "旷1节", "△", ""),
        (2, "张雨", "", "√", "◇", "√", "√", ""),
        (LEGEND,),
        ("班主任签名：",),
        sheet="七(3)班",
    )
    unclear = await bring(teacher, content, days, dry_run=True)
    assert [f["code"] for f in unclear.json()["findings"] if f["severity"] == "error"] == ["lessons_per_day_missing"]
    applied = await bring(teacher, content, days, lessons_per_day=8)
    assert applied.status_code == 200 and applied.json()["new"] == 2, applied.text
    assert await kept(teacher, first.id) == [(1.5, 1, 1, 0)]
    assert await kept(teacher, second.id) == [(0, 0, 0, 1)]
    assert (await bring(teacher, content, days, lessons_per_day=8)).json()["unchanged"] == 2


async def test_half_days_below_merged_dates_and_totals_that_agree(world: World) -> None:
    room, days = await world.school_class(7, 3), last_days(2)
    student = await world.student("陈小明", room)
    office = await world.client("academic_affairs")

    def register(truancy: object) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        page = book.add_worksheet("七(3)班")
        page.merge_range(0, 0, 1, 0, "姓名")
        for place, day in enumerate(days):
            page.merge_range(0, 1 + 2 * place, 0, 2 + 2 * place, f"{day.month}月{day.day}日")
            page.write_row(1, 1 + 2 * place, ["上午", "下午"])
        page.merge_range(0, 5, 0, 6, "合计")
        page.write_row(1, 5, ["旷课", "病假"])
        page.write_row(2, 0, ["陈小明", "旷", "旷", "√", "病", truancy, ""])
        book.close()
        return out.getvalue()

    differs = await bring(office, register(2), days, dry_run=True)
    assert [(f["code"], f["column"]) for f in differs.json()["findings"]] == [("total_differs", "F")]
    assert (await bring(office, register(1), days)).json()["new"] == 1
    assert await kept(office, student.id) == [(1, 0.5, 0, 0)]


async def test_a_sign_nobody_explains_is_asked_once_and_other_days_are_told(world: World) -> None:
    room, days = await world.school_class(7, 3), last_days(3)
    await world.student("陈小明", room)
    await world.student("张雨", room)
    office = await world.client("academic_affairs")
    other = [days[-1] + timedelta(days=n) for n in (1, 2)]
    head = ("姓名", *(f"{day.month}月{day.day}日" for day in (*days, *other)))
    content = workbook(head, ("陈小明", "⊙", "", "⊙"), ("张雨", "⊙", "√", ""), sheet="七(3)班")
    answer = await bring(office, content, days)
    assert answer.status_code == 422
    findings = answer.json()["report"]["findings"]
    assert [(f["code"], f["severity"]) for f in findings] == [("unknown_sign", "error"), ("other_days", "warning")]
    assert "2 列" in findings[1]["message"] and findings[0]["value"] == "⊙"
    assert (await office.get("/api/v1/attendance/periods")).json()["items"] == []
