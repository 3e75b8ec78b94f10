"""Deltas: what a sender says of people and classes it has named before, however little that is."""

import pytest
from sqlalchemy import text

from nuanyang.kit.db import NO_CONTEXT
from nuanyang.kit.ids import new_id
from nuanyang.school.schools.models import District
from tests.exchange.rosters.conftest import Importer
from tests.exchange.rosters.packages import column as place
from tests.exchange.rosters.packages import right_package, table, write_zip

CURRENT = """
select s.name, c.name from students s join enrolments e on e.student_id = s.id and e.ends_on is null
join classes c on c.id = e.class_id order by 1"""
POSTS = """
select st.name, c.name, k.role, k.valid_to is null from class_staff k
join staff st on st.id = k.staff_id join classes c on c.id = k.class_id order by 1, 2, 3"""


@pytest.fixture
def own_package(world, importer):
    """The right package with the test's own school in it."""

    async def made(**more):
        files = right_package(**more)
        code = await importer.value("select code from schools where id = :id", id=world.school_id)
        files["orgs"][1][place(files, "orgs", "identifier")] = code
        return files

    return made


@pytest.fixture
async def brought(tmp_path, importer, own_package):
    """The whole package, applied; deltas follow."""
    files = await own_package()
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    return files


@pytest.fixture
def delta(tmp_path, importer):
    """Bring a delta of single rows: (file, cells by column, status)."""

    async def bring(*rows, **more):
        files = {}
        for name, cells, *status in rows:
            head, row = table(
                name, [{"status": status[0] if status else "active", "dateLastModified": "2026-11-01T08:00:00.000Z", **cells}]
            )
            files.setdefault(name, [head]).append(row)
        return await importer.bring(write_zip(tmp_path / f"{new_id()}.zip", files, mode="delta"), **more)

    return bring


def enrolment(key, room, user, role="student", **more):
    return "enrollments", {
        "sourcedId": key,
        "classSourcedId": room,
        "schoolSourcedId": "school",
        "userSourcedId": user,
        "role": role,
        **more,
    }


def role(user, name, *, school="school", kind="primary"):
    cells = {"sourcedId": f"r-{user}", "userSourcedId": user, "roleType": kind, "role": name, "orgSourcedId": school}
    return "roles", cells


async def codes(importer, row):
    return [(f.code, f.file, f.line, f.column_name, f.value) for f in await importer.findings(row)]


def as_delta(files, *names):
    """Some files of a package as a delta."""
    chosen = {name: [list(row) for row in files[name]] for name in names}
    for rows in chosen.values():
        for row in rows[1:]:
            row[1], row[2] = "active", "2026-11-01T08:00:00.000Z"
    return chosen


async def test_a_delta_of_one_person_needs_nothing_else(tmp_path, importer, own_package):
    files = await own_package()
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    files["users"] = files["users"][:2]
    files["users"][1][place(files, "users", "givenName")] = "晓鸣"
    row = await importer.bring(write_zip(tmp_path / "q.zip", as_delta(files, "users"), mode="delta"))
    assert (row.state, row.mode) == ("applied", "delta")
    assert row.counts["student"] == {"changed": 1}
    assert await importer.rows("select s.name, s.status, c.name from students s join classes c on c.id = s.class_id order by 1") == [
        ("张晓鸣", "enrolled", "七(1)班"),
        ("欧阳娜", "enrolled", "七(2)班"),
    ]


async def test_a_delta_of_one_enrolment_moves_the_student(tmp_path, importer, own_package):
    files = await own_package()
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    files["enrollments"] = [files["enrollments"][0], [*files["enrollments"][1]]]
    files["enrollments"][1][0] = "e7"
    files["enrollments"][1][place(files, "enrollments", "classSourcedId")] = "k2"
    row = await importer.bring(write_zip(tmp_path / "q.zip", as_delta(files, "enrollments"), mode="delta"))
    assert row.state == "applied", [(f.code, f.params) for f in await importer.findings(row)]
    moved = await importer.rows(
        "select c.name, e.ends_on is null"
        " from enrolments e join students s on s.id = e.student_id join classes c on c.id = e.class_id where s.name = '张晓明' order by e.starts_on, 1"
    )
    assert moved == [("七(1)班", False), ("七(2)班", True)]


async def test_a_delta_withdraws_a_student_into_the_list(tmp_path, importer, own_package):
    files = await own_package()
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    files["users"] = [files["users"][0], files["users"][2]]
    gone = as_delta(files, "users")
    gone["users"][1][1] = "tobedeleted"
    row = await importer.bring(write_zip(tmp_path / "q.zip", gone, mode="delta"))
    assert row.counts["student"] == {"leaving": 1, "whereabouts_unverified": 1}
    assert await importer.rows("select name from students where status = 'whereabouts_unverified'") == [("欧阳娜",)]


async def test_demographics_alone_are_taken(importer, brought, delta):
    row = await delta(("demographics", {"sourcedId": "s1", "birthDate": "2014-03-06", "sex": "female"}))
    assert (row.state, row.mode, row.counts["student"]) == ("applied", "delta", {"changed": 1})
    assert await importer.findings(row) == []
    assert await importer.rows("select birth_on::text, sex, version from students where name = '张晓明'") == [("2014-03-06", "female", 2)]
    assert await importer.rows(CURRENT) == [("张晓明", "七(1)班"), ("欧阳娜", "七(2)班")]
    again = await delta(("demographics", {"sourcedId": "s1", "birthDate": "2014-03-06", "sex": "female"}))
    assert again.counts["student"] == {"unchanged": 1}


async def test_the_next_whole_set_is_read_anew_after_a_delta(tmp_path, importer, brought, delta):
    await delta(("demographics", {"sourcedId": "s1", "birthDate": "2014-03-06"}))
    row = await importer.bring(write_zip(tmp_path / "whole.zip", brought))
    assert row.counts["student"] == {"changed": 1, "unchanged": 1}
    assert await importer.value("select birth_on::text from students where name = '张晓明'") == "2014-03-05"


async def test_the_sex_of_guardians_and_staff_is_taken_too(importer, brought, delta):
    row = await delta(("demographics", {"sourcedId": "g2", "sex": "female"}), ("demographics", {"sourcedId": "t1", "sex": "male"}))
    assert (row.counts["guardian"], row.counts["staff"]) == ({"changed": 1}, {"changed": 1})
    assert await importer.rows("select sex from guardians where name = '李秀英' union all select sex from staff where name = '王老师'") == [
        ("female",),
        ("male",),
    ]


async def test_demographics_of_a_stranger_are_told_and_left(importer, brought, delta):
    row = await delta(("demographics", {"sourcedId": "nobody", "birthDate": "2014-03-06"}))
    assert row.state == "applied"
    assert await codes(importer, row) == [("not_alone", "demographics.csv", 2, "sourcedId", "nobody")]


async def test_an_ended_enrolment_takes_the_student_out_of_the_class(importer, brought, delta):
    row = await delta((*enrolment("e1", "k1", "s1"), "tobedeleted"))
    assert row.counts["student"] == {"changed": 1}
    assert await importer.rows(CURRENT) == [("欧阳娜", "七(2)班")]
    assert await importer.rows("select status, class_id from students where name = '张晓明'") == [("enrolled", None)]
    assert (await delta((*enrolment("e1", "k1", "s1"), "tobedeleted"))).counts["student"] == {"unchanged": 1}


async def test_one_enrolment_ended_and_one_begun_is_a_move(importer, brought, delta):
    await delta((*enrolment("e1", "k1", "s1"), "tobedeleted"), enrolment("e7", "k2", "s1"))
    assert await importer.rows(CURRENT) == [("张晓明", "七(2)班"), ("欧阳娜", "七(2)班")]


async def test_an_enrolment_in_a_class_that_nobody_knows_is_told(importer, brought, delta):
    row = await delta(enrolment("e7", "nowhere", "s1"))
    assert await codes(importer, row) == [("class_not_known", "enrollments.csv", 2, "classSourcedId", "nowhere")]
    assert await importer.rows(CURRENT) == [("张晓明", "七(1)班"), ("欧阳娜", "七(2)班")]


async def test_a_teachers_enrolment_begins_and_ends_a_post(importer, brought, delta):
    row = await delta(enrolment("e8", "k2", "t1", "teacher"))
    assert row.counts["class_staff"] == {"new": 1}
    assert await importer.rows(POSTS) == [
        ("王老师", "七(1)班", "homeroom_teacher", True),
        ("王老师", "七(2)班", "subject_teacher", True),
    ]
    row = await delta(
        (*enrolment("e8", "k2", "t1", "teacher"), "tobedeleted"), (*enrolment("e3", "k1", "t1", "teacher", primary="true"), "tobedeleted")
    )
    assert row.counts["class_staff"] == {"leaving": 2}
    assert {current for _, _, _, current in await importer.rows(POSTS)} == {False}


async def test_a_student_without_a_role_any_more_is_looked_for(importer, brought, delta):
    row = await delta((*role("s2", "student"), "tobedeleted"))
    assert row.counts["student"] == {"leaving": 1, "whereabouts_unverified": 1}
    assert row.needs_confirmation
    assert await importer.rows("select name from students where status = 'whereabouts_unverified'") == [("欧阳娜",)]


async def test_the_same_role_again_changes_nothing(importer, brought, delta):
    row = await delta(role("s2", "student"), role("t1", "teacher"))
    assert row.state == "applied"
    assert "student" not in row.counts
    assert await importer.findings(row) == []


async def test_staff_without_the_primary_role_have_left_and_so_have_their_posts_ended(importer, brought, delta):
    second = await delta((*role("t1", "counselor", kind="secondary"), "tobedeleted"))
    assert "staff" not in second.counts
    row = await delta((*role("t1", "teacher"), "tobedeleted"))
    assert (row.counts["staff"], row.counts["class_staff"]) == ({"leaving": 1}, {"leaving": 1})
    assert await importer.rows("select status from staff") == [("left",)]
    assert await importer.rows(POSTS) == [("王老师", "七(1)班", "homeroom_teacher", False)]


async def test_a_withdrawn_guardian_ends_the_relations(importer, brought, delta):
    row = await delta((*role("g1", "parent"), "tobedeleted"))
    assert row.counts["relation"] == {"leaving": 2}
    assert await importer.rows(
        "select g.name, r.ended_on is null from student_guardians r join guardians g on g.id = r.guardian_id order by 1, 2"
    ) == [("张建国", False), ("张建国", False), ("李秀英", True)]


async def test_a_guardian_alone_is_taken(importer, brought, delta):
    person = {"sourcedId": "g1", "enabledUser": "true", "username": "g1", "familyName": "张", "givenName": "建国", "phone": "13912345678"}
    row = await delta(("users", person))
    assert row.counts["guardian"] == {"changed": 1}
    assert await importer.rows("select phone from guardians where name = '张建国'") == [("13912345678",)]


async def test_a_districts_delta_of_role_and_enrolment_moves_a_pupil(tmp_path, importer, world, settings, app, delta):
    """Nothing but the new role and class is said; the person comes along from the school that knows him."""
    other = await world.elsewhere()
    async with world.database.session(NO_CONTEXT) as session:
        row = District(id=new_id(), name="测试区", code=str(new_id())[:12])
        session.add(row)
        await session.flush()
        ids = {"district": row.id, "ids": [world.school_id, other.school_id]}
        await session.execute(text("update schools set district_id = :district where id = any(:ids)"), ids)
    new = Importer(other, app.state.keyring, settings.files_folder)
    files = right_package(extensions=("metadata.cn.identityNumber",))
    files["users"][1][-1] = "99010220140305001X"
    here, there = [await one.value("select code from schools where id = :id", id=one.world.school_id) for one in (importer, new)]
    files["orgs"][1][place(files, "orgs", "identifier")] = here
    files["orgs"].append(["school2", "", "", "新学校", "school", there, ""])
    files["classes"].append([{"k1": "k9", "school": "school2"}.get(cell, cell) for cell in files["classes"][1]])
    await importer.bring(write_zip(tmp_path / "p.zip", files), is_district_wide=True)
    row = await delta(
        (*role("s1", "student"), "tobedeleted"),
        ("roles", {**role("s1", "student", school="school2")[1], "sourcedId": "r-new"}),
        ("enrollments", {**enrolment("e9", "k9", "s1")[1], "schoolSourcedId": "school2"}),
        is_district_wide=True,
    )
    assert (row.state, await codes(importer, row)) == ("applied", [("came_from", "enrollments.csv", 2, None, "张晓明")])
    assert row.counts["student"] == {"new": 1, "leaving": 1, "transferred_out": 1, "from_district": 1}
    assert await importer.rows("select status from students where name = '张晓明'") == [("transferred_out",)]
    moved = await new.rows(
        "select s.id, s.name, s.birth_on::text, s.previous_school_id, c.name, i.identity_cipher, i.identity_tail from students s"
        " join classes c on c.id = s.class_id join student_identities i on i.id = s.id"
    )
    assert [one[1:5] for one in moved] == [("张晓明", "2014-03-05", world.school_id, "七(1)班")]
    assert importer.keyring.decrypt(moved[0][5], "student_identities.identity", moved[0][0]) == "99010220140305001X"
    lonely = await delta(("roles", {**role("s2", "student", school="school2")[1], "sourcedId": "r-x"}), is_district_wide=True)
    assert await codes(importer, lonely) == [("role_elsewhere", "roles.csv", 2, "userSourcedId", "s2")]
    for client in other.clients:
        await client.aclose()
