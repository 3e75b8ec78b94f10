"""A pupil who moves between two schools of a district: the old record closes, the new one remembers, and nobody learns more than that."""

import pytest
from sqlalchemy import text

from nuanyang.kit.db import NO_CONTEXT
from nuanyang.kit.ids import new_id
from nuanyang.school.schools.models import District
from tests.exchange.rosters.conftest import Importer
from tests.exchange.rosters.packages import column, right_package, write_zip

NUMBERS = ("metadata.cn.identityNumber", "metadata.cn.registrationNumber")
MING = ["99010220140305001X", "G99010220140305001X"]
NA = ["990102201407010023", "G990102201407010023"]


@pytest.fixture
async def district(world, importer, settings, app):
    """Two schools of one district: (the old, the new), each with its importer."""
    other = await world.elsewhere()
    async with world.database.session(NO_CONTEXT) as session:
        row = District(id=new_id(), name="测试区", code=str(new_id())[:12])
        session.add(row)
        await session.flush()
        ids = {"district": row.id, "ids": [world.school_id, other.school_id]}
        await session.execute(text("update schools set district_id = :district where id = any(:ids)"), ids)
    yield importer, Importer(other, app.state.keyring, settings.files_folder)
    for client in other.clients:
        await client.aclose()


async def package(path, importer, *, without=(), **cells):
    """The right package of this importer's school, with numbers, without some pupils."""
    files = right_package(extensions=NUMBERS)
    files["orgs"][1][column(files, "orgs", "identifier")] = await code_of(importer)
    files["users"][1][-2:], files["users"][2][-2:] = MING, NA
    for name, value in cells.items():
        files["users"][1][column(files, "users", name)] = value
    for key in without:
        drop(files, key)
    return write_zip(path, files)


def drop(files, key):
    for name, place in (("users", 0), ("roles", 3), ("enrollments", 5), ("demographics", 0)):
        files[name] = [row for row in files[name] if row[place] != key]


async def code_of(importer):
    return await importer.value("select code from schools where id = :id", id=importer.world.school_id)


async def name_of(importer):
    return await importer.value("select name from schools where id = :id", id=importer.world.school_id)


async def test_the_old_record_closes_and_the_new_one_remembers(tmp_path, district):
    old, new = district
    await old.bring(await package(tmp_path / "old.zip", old))
    row = await new.bring(await package(tmp_path / "new.zip", new, without=["s2"]))
    assert row.state == "applied"
    was = (await old.rows("select id, status, version from students where name = '张晓明'"))[0]
    assert (was.status, was.version) == ("transferred_out", 2)
    assert await new.rows("select previous_school_id, previous_student_id from students where name = '张晓明'") == [
        (old.world.school_id, was.id)
    ]
    assert await old.rows("select end_reason, ends_on is not null from enrolments where student_id = :id", id=was.id) == [
        ("transfer_out", True)
    ]
    assert await old.rows("select status from students where name = '欧阳娜'") == [("enrolled",)]
    # Never silently: the people of the old school find it on their list.
    assert await old.rows("select student_id, outcome, note, found_school_id from whereabouts_checks") == [
        (was.id, "transferred_out", "district", new.world.school_id)
    ]
    page = await (await old.world.client("moral_education")).get("/api/v1/whereabouts", params={"state": "resolved"})
    assert [(one["student"]["name"], one["found_school"]) for one in page.json()["items"]] == [("张晓明", await name_of(new))]
    told = [(f.code, f.severity, f.line, f.value, f.params) for f in await new.findings(row)]
    assert told == [("came_from", "note", 2, "张晓明", {"school": await name_of(old)})]


async def test_a_dry_run_tells_and_closes_nothing(tmp_path, district):
    old, new = district
    await old.bring(await package(tmp_path / "old.zip", old))
    row = await new.bring(await package(tmp_path / "new.zip", new, without=["s2"]), apply=False)
    assert [f.code for f in await new.findings(row)] == ["came_from"]
    assert {status for (status,) in await old.rows("select status from students")} == {"enrolled"}


async def test_both_packages_again_change_nothing(tmp_path, district):
    old, new = district
    packages = await package(tmp_path / "old.zip", old, without=["s2"]), await package(tmp_path / "new.zip", new, without=["s2"])
    await old.bring(packages[0])
    await new.bring(packages[1])
    tables = "students", "enrolments", "whereabouts_checks", "external_ids"
    before = [await one.rows(f"select * from {table} order by id") for one in district for table in tables]
    for compares_all in (False, True):
        assert (await new.bring(packages[1], compares_all=compares_all)).counts["student"] == {"unchanged": 1}
        assert (await old.bring(packages[0], compares_all=compares_all)).counts["student"] == {"unchanged": 1}
    assert [await one.rows(f"select * from {table} order by id") for one in district for table in tables] == before


async def test_whoever_is_missed_first_is_found_when_he_turns_up(tmp_path, district):
    old, new = district
    await old.bring(await package(tmp_path / "old.zip", old))
    await old.bring(await package(tmp_path / "less.zip", old, without=["s1"]))
    assert await old.rows("select status from students where name = '张晓明'") == [("whereabouts_unverified",)]
    await new.bring(await package(tmp_path / "new.zip", new, without=["s2"]))
    assert await old.rows("select status from students where name = '张晓明'") == [("transferred_out",)]
    assert await old.rows("select outcome, found_school_id from whereabouts_checks") == [("transferred_out", new.world.school_id)]


async def test_a_pupil_back_by_one_schools_word_is_cleared_by_the_other(tmp_path, district):
    old, new = district
    await old.bring(await package(tmp_path / "old.zip", old))
    await new.bring(await package(tmp_path / "new.zip", new))
    back = await old.bring(await package(tmp_path / "back.zip", old, phone="13900000000"))
    assert back.counts["student"]["returning"] == 1
    assert [(f.code, f.value) for f in await old.findings(back) if f.severity == "warning"] == [("also_elsewhere", "张晓明")]
    assert await new.rows("select status from students where name = '张晓明'") == [("enrolled",)]
    less = await new.bring(await package(tmp_path / "less.zip", new, without=["s1"]))
    assert less.counts["student"] == {"unchanged": 1, "leaving": 1, "transferred_out": 1}
    assert not less.needs_confirmation
    assert await new.rows("select outcome, found_school_id from whereabouts_checks") == [("transferred_out", old.world.school_id)]


async def test_another_name_under_the_same_number_is_not_the_same_pupil(tmp_path, district):
    old, new = district
    await old.bring(await package(tmp_path / "old.zip", old))
    row = await new.bring(await package(tmp_path / "new.zip", new, without=["s2"], familyName="李", givenName="四光"))
    assert [(f.code, f.value, f.params) for f in await new.findings(row)] == [
        ("number_elsewhere", "李四光", {"school": await name_of(old)})
    ]
    assert await old.rows("select status from students where name = '张晓明'") == [("enrolled",)]
    assert await new.rows("select previous_school_id from students where name = '李四光'") == [(None,)]


async def test_schools_of_different_districts_know_nothing_of_each_other(tmp_path, district):
    old, new = district
    async with old.world.database.session(NO_CONTEXT) as session:
        await session.execute(text("update schools set district_id = null where id = :id"), {"id": old.world.school_id})
    await old.bring(await package(tmp_path / "old.zip", old))
    row = await new.bring(await package(tmp_path / "new.zip", new))
    assert await new.findings(row) == []
    assert {status for (status,) in await old.rows("select status from students")} == {"enrolled"}


async def test_the_new_school_learns_the_name_of_the_old_one_and_nothing_else(tmp_path, district):
    old, new = district
    await old.bring(await package(tmp_path / "old.zip", old))
    await new.bring(await package(tmp_path / "new.zip", new, without=["s2"]))
    was = await old.value("select id from students where name = '张晓明'")
    here = await new.value("select id from students where name = '张晓明'")
    registrar = await new.world.client("registrar")
    assert (await registrar.get(f"/api/v1/students/{was}")).status_code == 404
    page = await registrar.get(f"/api/v1/students/{here}/dossier")
    assert page.json()["basic"]["previous_school"] == await name_of(old)
    assert str(was) not in page.text
    # The function answers with ids alone, and only for the school of the transaction.
    async with new.session() as session:
        columns = (await session.execute(text("select * from pupils_elsewhere('{}', '{}', '{}', '{}')"))).keys()
    assert set(columns) == {"place", "school_id", "student_id", "is_named_so", "is_present"}
    assert await new.value("select count(*) from students where school_id = :id", id=old.world.school_id) == 0


async def test_from_primary_to_junior_school_is_graduation(tmp_path, district):
    old, new = district
    async with old.world.database.session(NO_CONTEXT) as session:
        await session.execute(text("update schools set last_grade = 6 where id = :id"), {"id": old.world.school_id})
    files = right_package(extensions=NUMBERS)
    files["orgs"][1][column(files, "orgs", "identifier")] = await code_of(old)
    files["users"][1][-2:], files["users"][2][-2:] = MING, NA
    last_year = {"2026-09-01": "2025-09-01", "2027-09-01": "2026-09-01", "2027": "2026", "2027-02-01": "2026-02-01"}
    files["academicSessions"] = [[last_year.get(cell, cell) for cell in row] for row in files["academicSessions"]]
    files["classes"] = [
        [{"07": "06", "七(1)班": "六(1)班", "七(2)班": "六(2)班"}.get(cell, cell) for cell in row] for row in files["classes"]
    ]
    await old.bring(write_zip(tmp_path / "old.zip", files))
    await new.bring(await package(tmp_path / "new.zip", new))
    left = await old.rows(
        "select s.status, e.end_reason, e.ends_on::text from students s join enrolments e on e.student_id = s.id order by 1"
    )
    assert left == [("graduated", "graduation", "2026-08-31")] * 2


def both(old_code, new_code, *, moved):
    """A district's package of two schools; s1 sits in the second one when he has moved."""
    files = right_package()
    orgs, roles, classes, seats = files["orgs"], files["roles"], files["classes"], files["enrollments"]
    orgs[1][column(files, "orgs", "identifier")] = old_code
    orgs.append(["school2", "", "", "新学校", "school", new_code, ""])
    classes.append([{"k1": "k9", "school": "school2"}.get(cell, cell) for cell in classes[1]])
    if moved:
        roles[1] = [{"school": "school2"}.get(cell, cell) for cell in roles[1]]
        seats[1] = [{"k1": "k9", "school": "school2"}.get(cell, cell) for cell in seats[1]]
    return files


@pytest.mark.parametrize("order", ["old school first", "new school first"])
async def test_a_districts_package_moves_a_pupil_by_his_key(tmp_path, district, order):
    old, new = district
    codes = await code_of(old), await code_of(new)
    await old.bring(write_zip(tmp_path / "p.zip", both(*codes, moved=False)), is_district_wide=True)
    moved = both(*codes, moved=True)
    if order == "new school first":
        moved["orgs"][1:] = reversed(moved["orgs"][1:])
    path = write_zip(tmp_path / "q.zip", moved)
    dry = await old.bring(path, is_district_wide=True, apply=False)
    row = await old.bring(path, is_district_wide=True)
    for one in (dry, row):
        assert one.counts["student"] == {"unchanged": 1, "new": 1, "leaving": 1, "transferred_out": 1, "from_district": 1}
        assert [(s["missing"], s["asks"]) for s in one.schools] == [(0, False)] * 2
        assert [f.code for f in await old.findings(one)] == ["came_from"]
    was = (await old.rows("select id, status from students where name = '张晓明'"))[0]
    assert was.status == "transferred_out"
    assert await new.rows("select s.status, s.previous_student_id, c.name from students s join classes c on c.id = s.class_id") == [
        ("enrolled", was.id, "七(1)班")
    ]
    assert await old.rows("select outcome from whereabouts_checks") == [("transferred_out",)]
    again = await old.bring(path, is_district_wide=True, compares_all=True)
    assert again.counts["student"] == {"unchanged": 2}


async def test_in_two_schools_of_one_package_at_once_is_remarked_upon(tmp_path, district):
    old, new = district
    codes = await code_of(old), await code_of(new)
    files = both(*codes, moved=False)
    files["users"] = [[*row, number] for row, number in zip(files["users"], [NUMBERS[0], MING[0], *[""] * 4], strict=True)]
    await old.bring(write_zip(tmp_path / "p.zip", files), is_district_wide=True)
    files["roles"].append(["r9", "", "", "s1", "secondary", "student", "", "", "school2", ""])
    files["enrollments"].append([{"e1": "e9", "k1": "k9", "school": "school2"}.get(cell, cell) for cell in files["enrollments"][1]])
    row = await old.bring(write_zip(tmp_path / "q.zip", files), is_district_wide=True)
    assert [f.code for f in await old.findings(row)] == ["also_elsewhere"]
    assert await old.rows("select status from students where name = '张晓明'") == [("enrolled",)]


async def test_a_file_is_not_taken_for_the_last_one_when_the_district_came_in_between(tmp_path, district):
    old, new = district
    path = await package(tmp_path / "own.zip", old)
    await old.bring(path)
    await new.bring(await package(tmp_path / "between.zip", old, givenName="晓鸣"), is_district_wide=True)
    assert await old.rows("select name from students where name like '张%'") == [("张晓鸣",)]
    row = await old.bring(path)
    assert row.counts["student"] == {"changed": 1, "unchanged": 1}
    assert await old.rows("select name from students where name like '张%'") == [("张晓明",)]
