"""September as the registrar lives it, through the API by both doors: check, look, apply, look after those who are missing, merge and part."""

from dataclasses import replace

import pytest

from nuanyang.demo.packages import write_package
from nuanyang.demo.people import Enrolment
from nuanyang.demo.september import DISTRICT, build_september
from nuanyang.demo.sheets import write_student_register
from nuanyang.school.students.models import Student
from tests.exchange.rosters.conftest import upload
from tests.factories.cases import opened, recognised

pytestmark = pytest.mark.slow


class Registrar:
    """What a registrar does, in few words."""

    def __init__(self, client, work, story, folder, is_sheet):
        self.client, self.work, self.story, self.folder, self.is_sheet = client, work, story, folder, is_sheet

    async def check(self, school, **form):
        path = self.folder / f"{school.year}.{'xlsx' if self.is_sheet else 'zip'}"
        if self.is_sheet:
            write_student_register(path, school)
        else:
            write_package(path, [school], DISTRICT)
        answer = await upload(self.client, path.read_bytes(), path.name, year_starts=str(school.year), **form)
        assert answer.status_code == 202, answer.text
        await self.work(answer)
        return await self.look(answer.json()["id"])

    async def apply(self, shown, **body):
        answer = await self.client.post(f"/api/v1/roster-imports/{shown['id']}/apply", json=body)
        assert answer.status_code == 202, answer.text
        await self.work(answer)
        return await self.look(shown["id"])

    async def look(self, import_id):
        return (await self.client.get(f"/api/v1/roster-imports/{import_id}")).json()

    async def find(self, name, **query):
        statuses = ["enrolled", "suspended", "graduated", "transferred_out", "whereabouts_unverified"]
        page = await self.client.get("/api/v1/students", params={"q": name, "status": statuses, "limit": 10, **query})
        return [one for one in page.json()["items"] if one["basic"]["name"] == name]

    async def one(self, name):
        (found,) = await self.find(name)
        return found


@pytest.fixture(params=["package", "sheet"])
async def september(request, tmp_path, registrar, work, world, importer):
    """Last year's roster is in; some pupils have files. Answers the registrar and the ids of those pupils."""
    story = build_september()
    code = await importer.value("select code from schools where id = :id", id=world.school_id)
    for school in (story.before, story.after):
        school.code = code
    me = Registrar(registrar, work, story, tmp_path, request.param == "sheet")
    first = await me.check(story.before)
    assert (first["state"], first["error_count"], first["counts"]["student"]) == ("checked", 0, {"new": len(story.before.pupils)})
    assert (await me.apply(first))["state"] == "applied"
    kept = {}
    for name in ("沈婷", "安磊", "刘宇晨", "曾启航", "杨欣", "冯雨桐", "卢梓涵"):
        async with world.session() as session:
            student = await session.get_one(Student, (world.school_id, (await me.one(name))["id"]))
        await recognised(world, student, "C2")
        await opened(world, student)
        kept[name] = str(student.id)
    return me, kept


async def test_september_whole(september, world, importer):
    me, kept = september
    story = me.story
    before = await importer.rows("select * from students order by id"), await importer.rows("select * from enrolments order by id")
    checked = await me.check(story.after)
    assert (
        await importer.rows("select * from students order by id"),
        await importer.rows("select * from enrolments order by id"),
    ) == before

    # What the dry run says.
    assert (checked["state"], checked["error_count"], checked["needs_confirmation"]) == ("checked", 0, False)
    counts = checked["counts"]["student"]
    arrivals = len(story.of_kind("entered")) + len(story.of_kind("transferred_in"))
    assert counts["new"] == arrivals
    assert counts["graduated"] == len(story.of_kind("graduated"))
    assert counts["whereabouts_unverified"] == len(story.of_kind("whereabouts_unverified")) == 2
    assert counts["transferred_out"] == len(story.of_kind("transferred_out"))
    assert counts["moved:repeat"] == 1
    assert counts["moved:return"] == 1
    assert counts["moved:promotion"] + counts["moved:class_merge"] >= len(story.of_kind("promoted"))
    assert checked["schools"][0]["missing"] == 2

    applied = await me.apply(checked)
    assert applied["state"] == "applied"
    assert applied["counts"] == checked["counts"]

    # 升级, 分班, 并班, 留级, 休学, 复学, 转出, 转入, 毕业.
    for kind, status in (("graduated", "graduated"), ("transferred_out", "transferred_out"), ("suspended", "suspended")):
        for one in story.of_kind(kind):
            assert (await me.one(one.name))["basic"]["status"] == status, one
    for kind in ("promoted", "placed", "merged_class", "repeated", "returned", "entered", "transferred_in"):
        for one in story.of_kind(kind):
            found = await me.find(one.name)
            assert one.to_class in {each["basic"]["class_name"] for each in found}, (one, found)
    history = await importer.rows(
        "select e.end_reason, e.start_reason from enrolments e join students s on s.id = e.student_id where s.name = '杨欣' order by e.starts_on"
    )
    assert history == [("repeat", "placement"), (None, "repeat")]

    # L and J numbers became G, an identity number and a name were corrected: the same people, with their files.
    office = await world.client("academic_affairs")
    for name, student in kept.items():
        assert (await me.one(name))["id"] == student
        page = (await office.get(f"/api/v1/students/{student}/dossier")).json()
        assert page["file"] is not None
        assert len(page["recognitions"]) == 1
    for name in ("沈婷", "安磊"):
        identity = (await me.client.get(f"/api/v1/students/{kept[name]}")).json()["identity"]
        assert identity["registration_kind"] == "G"
    renamed = next(one for one in story.changed("name_corrected"))
    assert (await me.one(renamed.name))["basic"]["former_name"]
    corrected = story.changed("identity_corrected")[0]
    pupil = next(one for one in story.after.pupils if one.key == corrected.key)
    assert (await me.client.get(f"/api/v1/students/{kept['刘宇晨']}")).json()["identity"]["identity_tail"] == pupil.identity_number[-2:]

    # Twins and namesakes are two, and nobody proposes to merge them.
    assert len(await me.find("张子涵")) == 2
    assert (await me.one("卢梓涵"))["id"] != (await me.one("卢子涵"))["id"]
    assert (await me.client.get("/api/v1/student-duplicates")).json()["items"] == []

    # The same file again changes nothing.
    after = await importer.rows("select * from students order by id"), await importer.rows("select * from enrolments order by id")
    again = await me.apply(await me.check(story.after, compare_all="true"))
    assert set(again["counts"]["student"]) == {"unchanged"}
    assert (await importer.rows("select * from students order by id"), await importer.rows("select * from enrolments order by id")) == after


async def test_whoever_is_missing_is_looked_for_and_may_come_back(september, world):
    me, kept = september
    await me.apply(await me.check(me.story.after))
    items = (await me.client.get("/api/v1/whereabouts")).json()["items"]
    assert {(one["student"]["name"], one["is_compulsory_age"], one["outcome"]) for one in items} == {
        ("曾启航", True, None),
        ("彭宇航", True, None),
    }
    first, second = sorted(items, key=lambda one: one["student"]["name"] != "曾启航")
    assert first["student"]["id"] == kept["曾启航"]
    answer = await me.client.post(
        f"/api/v1/whereabouts/{second['id']}/resolve", json={"outcome": "transferred_out", "note": "已与外省学校核实"}
    )
    assert answer.json()["student"]["status"] == "transferred_out"
    # Next month he is in the file again: back in his class, the entry on the list is settled, the file is where it was.
    pupil = next(one for one in me.story.before.pupils if one.name.full == "曾启航")
    classmate = next(one for one in me.story.after.pupils if one.name.full == "沈婷")
    me.story.after.pupils.append(replace(pupil, grade=classmate.grade, class_key=classmate.class_key))
    me.story.after.enrolments.append(Enrolment(pupil.key, classmate.class_key))
    shown = await me.apply(await me.check(me.story.after))
    assert shown["counts"]["student"]["returning"] == 1
    back = await me.one("曾启航")
    assert (back["id"], back["basic"]["status"], back["basic"]["class_name"]) == (kept["曾启航"], "enrolled", "三(1)班")
    assert (await me.client.get("/api/v1/whereabouts")).json()["items"] == []
    resolved = (await me.client.get("/api/v1/whereabouts", params={"state": "resolved"})).json()["items"]
    assert {(one["student"]["name"], one["outcome"]) for one in resolved} == {("曾启航", "enrolled"), ("彭宇航", "transferred_out")}


async def test_most_of_a_class_missing_is_asked_about(september):
    me, _ = september
    story = me.story
    gone = {pupil.key for pupil in story.after.pupils if pupil.grade in {2, 4}}
    story.after.pupils[:] = [pupil for pupil in story.after.pupils if pupil.key not in gone]
    story.after.enrolments[:] = [one for one in story.after.enrolments if one.pupil_key not in gone]
    checked = await me.check(story.after)
    assert checked["needs_confirmation"]
    assert (await me.client.post(f"/api/v1/roster-imports/{checked['id']}/apply", json={})).status_code == 409
    applied = await me.apply(checked, confirm_removals=True)
    listed = applied["counts"]["student"]["whereabouts_unverified"]
    assert listed > 2
    page = (await me.client.get("/api/v1/whereabouts", params={"limit": 200})).json()
    assert len(page["items"]) == listed


async def test_two_records_merged_by_mistake_are_parted_again(september, importer):
    me, _ = september
    await me.apply(await me.check(me.story.after))
    kept, other = await me.find("张子涵")
    body = {"student_id": kept["id"], "other_id": other["id"]}
    pair = (await me.client.post("/api/v1/student-duplicates", json=body)).json()
    url = f"/api/v1/student-duplicates/{pair['id']}"
    tables = "enrolments", "student_guardians", "student_identities", "students"
    before = [await importer.rows(f"select * from {table} order by id") for table in tables]
    merged = await me.client.post(f"{url}/merge")
    assert merged.json()["other"]["status"] == "merged"
    assert [one["id"] for one in await me.find("张子涵")] == [kept["id"]]
    # The sender still has two rows; the file is not refused for it.
    if not me.is_sheet:
        shown = await me.apply(await me.check(me.story.after, compare_all="true"))
        assert [one["code"] for one in shown["finding_counts"]] == ["merged_row"]
    assert (await me.client.post(f"{url}/undo")).json()["state"] == "undone"
    after = [await importer.rows(f"select * from {table} order by id") for table in tables]
    if me.is_sheet:
        assert [[tuple(row)[:-4] for row in rows] for rows in after[:3]] == [[tuple(row)[:-4] for row in rows] for rows in before[:3]]
    assert {one["id"] for one in await me.find("张子涵")} == {kept["id"], other["id"]}
    shown = await me.apply(await me.check(me.story.after, compare_all="true"))
    assert shown["state"] == "applied"
    assert {one["basic"]["class_name"] for one in await me.find("张子涵")} == {"四(1)班"}
    assert len((await me.client.get("/api/v1/whereabouts")).json()["items"]) == 2
