"""知情同意: texts and versions, recording by staff, the class list, paper."""

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest

from nuanyang.kit.clock import today
from nuanyang.school.consents.models import PURPOSES
from nuanyang.school.consents.purposes import purposes
from nuanyang.school.consents.rules import LARGEST_SCAN, decides_alone, scan_kind
from nuanyang.school.students.models import Student
from tests.factories.consents import SIGNED, born, said, scanned
from tests.factories.students import guardian, kept_away
from tests.factories.world import World

CATALOGUE = "/api/v1/consent-purposes"


def at(student: Student) -> str:
    return f"/api/v1/students/{student.id}/consents"


def heard(parent: Any, **more: Any) -> dict[str, Any]:
    facts = {"how": "in_person", "happened_on": str(today()), "choices": [{"purpose": "screening", "action": "given"}]}
    return {"guardian_id": str(parent.id) if parent else None} | facts | more


def states(answer: Any) -> dict[str, str]:
    return {one["purpose"]: one["state"] for one in answer.json()["states"]}


@pytest.mark.parametrize(
    ("birth_on", "day", "alone"),
    [
        (date(2012, 5, 6), date(2026, 5, 5), False),
        (date(2012, 5, 6), date(2026, 5, 6), True),
        (date(2012, 2, 29), date(2026, 2, 27), False),
        (date(2012, 2, 29), date(2026, 2, 28), True),
        (None, date(2026, 5, 6), False),
    ],
)
def test_from_the_fourteenth_birthday_on_the_pupil_decides(birth_on: date | None, day: date, alone: bool) -> None:
    assert decides_alone(birth_on, day) is alone


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (SIGNED, "application/pdf"),
        (b"\xff\xd8\xff\xe0photo", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\nphoto", "image/png"),
        (b"<html><script>", None),
        (b"PK\x03\x04", None),
        (b"", None),
        (b"%PDF-" + bytes(LARGEST_SCAN), None),
    ],
)
def test_a_scan_is_what_its_content_says(content: bytes, kind: str | None) -> None:
    assert scan_kind(content) == kind


def test_every_purpose_says_in_full_what_is_done_and_how_to_take_it_back() -> None:
    assert tuple(purposes()) == PURPOSES
    for one in purposes().values():
        assert len(one.text) > 150 and "撤回" in one.text and "五、您的权利" in one.text
        assert one.is_gate or one.ground_zh
        assert not any(word in one.text for word in ("弱势", "贫困", "差生", "问题学生", "后进"))


async def test_a_schools_own_text_is_a_new_number_and_the_old_one_can_be_read(world: World) -> None:
    office = await world.client("moral_education")
    first = {one["code"]: one for one in (await office.get(CATALOGUE)).json()["items"]}
    assert list(first) == list(PURPOSES) and first["screening"]["text"]["number"] == 1 and first["screening"]["text"]["created_at"] is None
    url, body = f"{CATALOGUE}/screening/texts", {"body": "本校心理测评同意书，" * 5, "asks_again": False, "reason": "写明测评时间"}
    assert (await office.post(url, json=body)).status_code == 428
    made = await office.post(url, json=body, headers={"If-Match": '"1"'})
    assert (made.status_code, made.json()["number"], made.headers["etag"]) == (201, 2, '"2"')
    assert (await office.post(url, json=body, headers={"If-Match": '"1"'})).status_code == 412
    texts = (await office.get(url)).json()["items"]
    assert [one["number"] for one in texts] == [2, 1] and texts[1]["body"] == purposes()["screening"].text
    assert (await office.get(f"{CATALOGUE}/counselling/texts")).json()["items"][0]["number"] == 1
    assert (await office.get(f"{CATALOGUE}/photos/texts")).status_code == 422
    for role in ("counsellor", "registrar"):
        reader = await world.client(role)
        assert (await reader.get(CATALOGUE)).json()["may_write"] is False
        assert (await reader.post(url, json=body, headers={"If-Match": '"2"'})).status_code == 403


async def test_paper_counts_with_its_scan(world: World) -> None:
    room = await world.school_class(7, 1)
    child = await world.student("甲", room)
    mother = await guardian(world, child, "母亲", relation="mother")
    teacher = await world.client(("homeroom_teacher", room))
    assert set(states(await teacher.get(at(child))).values()) == {"missing"}
    choices = [{"purpose": "screening", "action": "given"}, {"purpose": "pairing", "action": "withdrawn"}]
    without = await teacher.post(at(child), json=heard(mother, how="paper", choices=choices))
    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "#/scan_id")
    scan = await scanned(teacher, child)
    done = await teacher.post(at(child), json=heard(mother, how="paper", scan_id=str(scan), choices=choices))
    assert done.status_code == 201, done.text
    assert {k: v for k, v in states(done).items() if v != "missing"} == {"screening": "given", "pairing": "withdrawn"}
    events = done.json()["events"]
    assert (
        {e["by"] for e in events} == {"母亲"}
        and {e["relation"] for e in events} == {"mother"}
        and {e["scan_id"] for e in events} == {str(scan)}
    )
    file = await teacher.get(f"/api/v1/consent-scans/{scan}")
    assert (file.content, file.headers["content-type"]) == (SIGNED, "application/pdf")
    assert file.headers["content-disposition"] == 'attachment; filename="consent.pdf"'
    # A paper of one child is no paper of another.
    other = await world.student("乙", room)
    aunt = await guardian(world, other, "别家")
    wrong = await teacher.post(at(other), json=heard(aunt, how="paper", scan_id=str(scan)))
    assert wrong.json()["errors"][0]["code"] == "unknown_scan"


async def test_what_is_no_scan_is_refused(world: World) -> None:
    child, office = await world.student("甲"), await world.client("moral_education")
    url = f"/api/v1/students/{child.id}/consent-scans"
    for name, content in (("同意书.pdf", b"<html>"), ("同意书.png", b""), ("同意书.pdf", b"%PDF-" + bytes(LARGEST_SCAN))):
        refused = await office.post(url, files={"file": (name, content)})
        assert (refused.status_code, refused.json()["code"]) == (422, "scan_refused")


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"guardian_id": None}, "#/guardian_id", "missing"),
        ({"guardian_id": "01900000-0000-7000-8000-000000000000"}, "#/guardian_id", "no_voice"),
        ({"happened_on": str(today() + timedelta(days=1))}, "#/happened_on", "in_future"),
        ({"choices": [{"purpose": "file", "action": "given"}] * 2}, "#/choices", "twice"),
    ],
)
async def test_what_is_wrong_is_said_where_it_is(world: World, changes: dict[str, Any], pointer: str, code: str) -> None:
    child = await world.student("甲")
    parent, office = await guardian(world, child), await world.client("moral_education")
    refused = await office.post(at(child), json=heard(parent, **changes))
    assert refused.status_code == 422
    assert {"pointer": pointer, "code": code}.items() <= refused.json()["errors"][0].items()


async def test_from_fourteen_on_the_pupil_consents_and_a_guardian_is_informed(world: World) -> None:
    child = await world.student("大孩子", birth_on=born(14))
    parent, office = await guardian(world, child), await world.client("counsellor")
    refused = await office.post(at(child), json=heard(parent))
    assert refused.json()["errors"][0]["code"] == "own_age"
    assert (await office.post(at(child), json=heard(None))).json()["errors"][0]["pointer"] == "#/informed_on"
    done = await office.post(at(child), json=heard(None, informed_on=str(today())))
    assert states(done)["screening"] == "given" and done.json()["decides_alone"] and done.json()["events"][0]["by"] == "大孩子"
    # What a guardian signed before the birthday may still be entered.
    before = await office.post(
        at(child), json=heard(parent, happened_on=str(today() - timedelta(days=1)), choices=[{"purpose": "file", "action": "given"}])
    )
    assert before.status_code == 201 and states(before)["file"] == "given"


async def test_whose_guardian_is_kept_away_is_not_offered_nor_taken(world: World) -> None:
    child = await world.student("甲")
    father, mother = await guardian(world, child, "父亲"), await guardian(world, child, "母亲", relation="mother")
    await kept_away(world, child, father)
    office = await world.client("moral_education")
    assert [one["name"] for one in (await office.get(at(child))).json()["guardians"]] == ["母亲"]
    assert (await office.post(at(child), json=heard(father))).json()["errors"][0]["code"] == "no_voice"
    assert (await office.post(at(child), json=heard(mother))).status_code == 201


async def test_the_class_list_says_who_is_missing_what(world: World) -> None:
    room = await world.school_class(7, 1)
    first, second = await world.student("甲", room, student_number="1"), await world.student("乙", room, student_number="2")
    await world.student("丙", room, student_number="3", birth_on=None)
    await world.student("走了的", room, student_number="4", status="transferred_out")
    await said(world, first, await guardian(world, first))
    await said(world, second, await guardian(world, second), "pairing", "withdrawn")
    teacher = await world.client(("homeroom_teacher", room))
    shown = (await teacher.get("/api/v1/consents", params={"class_id": str(room.id)})).json()
    rows = {row["name"]: row for row in shown["items"]}
    assert list(rows) == ["甲", "乙", "丙"] and shown["class_name"] == room.name
    assert rows["甲"]["states"]["screening"] == "given" and rows["乙"]["states"]["pairing"] == "withdrawn"
    assert rows["乙"]["states"]["screening"] == "missing" and [r["has_guardian"] for r in rows.values()] == [True, True, False]


async def test_the_paper_form_names_each_pupil_and_every_purpose(world: World) -> None:
    room = await world.school_class(7, 1)
    first = await world.student("甲同学", room)
    await world.student("大同学", room, birth_on=born(15))
    parent = await guardian(world, first)
    for one in PURPOSES:
        await said(world, first, parent, one)
    teacher = await world.client(("homeroom_teacher", room))

    async def words(**params: str) -> str:
        answer = await teacher.get("/api/v1/consent-forms.docx", params={"class_id": str(room.id)} | params)
        assert answer.status_code == 200, answer.text
        return zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()

    everybody = await words()
    assert "甲同学" in everybody and "大同学" in everybody and "监护人签名" in everybody and "学生签名" in everybody
    assert all(one.zh in everybody for one in purposes().values())
    assert "甲同学" not in await words(missing_only="true")
    assert "大同学" not in await words(student_id=str(first.id))


async def test_who_may(world: World) -> None:
    room = await world.school_class(7, 1)
    child, other = await world.student("甲", room), await world.student("外班")
    parent = await guardian(world, child)
    assert (await world.anonymous().get(at(child))).status_code == 401
    teacher = await world.client(("homeroom_teacher", room))
    assert (await teacher.get(at(other))).status_code == 404
    assert (await teacher.get("/api/v1/consents", params={"class_id": str(other.class_id)})).status_code == 404
    head = await world.client(("grade_head", 7))
    assert (await head.get(at(child))).json()["may_record"] is False
    assert (await head.post(at(child), json=heard(parent))).status_code == 403
    for role in (("subject_teacher", room), "general_affairs", "admin"):
        assert (await (await world.client(role)).get(at(child))).status_code == 403
    # Homeroom teacher of one class and counsellor of none: nobody else's consents are theirs to record.
    scan = await scanned(teacher, child)
    elsewhere = await (await world.elsewhere()).client("moral_education")
    assert (await elsewhere.get(f"/api/v1/consent-scans/{scan}")).status_code == 404
    assert (
        await (await world.client(("homeroom_teacher", await world.school_class(8, 1)))).get(f"/api/v1/consent-scans/{scan}")
    ).status_code == 404
