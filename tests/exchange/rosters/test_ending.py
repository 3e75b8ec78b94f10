"""What a whole set no longer has is over, kept as history; what a person entered is left alone."""

import pytest

from nuanyang.kit.clock import today
from nuanyang.school.classes.models import ClassStaff
from nuanyang.school.staff.models import StaffMember
from tests.exchange.rosters.packages import column, right_package, write_zip

POSTS = """
select c.name, st.name, k.role, k.valid_to is null from class_staff k
join classes c on c.id = k.class_id join staff st on st.id = k.staff_id order by 1, 2, 3"""
TERMS = "select name, number, withdrawn_on is not null from terms where name like '%期' order by number"


@pytest.fixture
def own(importer):
    """The right package of the test's own school, in which a second teacher teaches both classes."""

    async def made():
        files = right_package()
        files["orgs"][1][column(files, "orgs", "identifier")] = await importer.value(
            "select code from schools where id = :id", id=importer.world.school_id
        )
        for name, marks in (("users", {"t1": "t2", "王": "赵", "T001": "T002"}), ("roles", {"t1": "t2", "r-t1": "r-t2"})):
            files[name].append([marks.get(cell, cell) for cell in files[name][-1]])
        for key, room in (("e4", "k1"), ("e5", "k2")):
            files["enrollments"].append([{"e3": key, "k1": room, "t1": "t2", "true": ""}.get(c, c) for c in files["enrollments"][3]])
        return files

    return made


async def test_a_post_that_is_no_longer_in_the_set_ends(tmp_path, importer, own):
    await importer.bring(write_zip(tmp_path / "p.zip", await own()))
    files = await own()
    del files["enrollments"][4]
    row = await importer.bring(write_zip(tmp_path / "q.zip", files))
    assert row.counts["class_staff"] == {"unchanged": 2, "leaving": 1}
    assert await importer.rows(POSTS) == [
        ("七(1)班", "王老师", "homeroom_teacher", True),
        ("七(1)班", "赵老师", "subject_teacher", False),
        ("七(2)班", "赵老师", "subject_teacher", True),
    ]
    again = await importer.bring(write_zip(tmp_path / "r.zip", await own()))
    assert again.counts["class_staff"] == {"unchanged": 2, "new": 1}


async def test_a_post_entered_by_hand_stays(tmp_path, importer, own):
    await importer.bring(write_zip(tmp_path / "p.zip", await own()))
    room = await importer.value("select id from classes where name = '七(2)班'")
    helper = StaffMember(school_id=importer.world.school_id, name="孙代课", pinyin="sundaike", initials="sdk")
    async with importer.session() as session:
        session.add(helper)
        await session.flush()
        for role in ("homeroom_teacher", "subject_teacher"):
            post = {"class_id": room, "staff_id": helper.id, "role": role, "valid_from": today()}
            session.add(ClassStaff(school_id=importer.world.school_id, **post))
    files = await own()
    files["enrollments"][5][column(files, "enrollments", "primary")] = "true"  # the file has another homeroom teacher
    row = await importer.bring(write_zip(tmp_path / "q.zip", files))
    assert [(f.code, f.line, f.params) for f in await importer.findings(row)] == [("leader_by_hand", 6, {"room": "七(2)班"})]
    assert await importer.rows(POSTS + " limit 10") == [
        ("七(1)班", "王老师", "homeroom_teacher", True),
        ("七(1)班", "赵老师", "subject_teacher", True),
        ("七(2)班", "孙代课", "homeroom_teacher", True),
        ("七(2)班", "孙代课", "subject_teacher", True),
        ("七(2)班", "赵老师", "subject_teacher", False),
    ]


def with_terms(files, *names):
    """Terms of the year, in order; the right package has the first only."""
    head, year, first = files["academicSessions"]
    days = {"甲学期": ("2026-09-01", "2026-12-01"), "乙学期": ("2026-12-01", "2027-03-01"), "丙学期": ("2027-03-01", "2027-09-01")}
    rows = [head, year]
    for name in names:
        row = [*first]
        for title, value in (("sourcedId", name_key(name)), ("title", name), ("startDate", days[name][0]), ("endDate", days[name][1])):
            row[head.index(title)] = value
        rows.append(row)
    files["academicSessions"] = rows
    for row in files["classes"][1:]:
        row[column(files, "classes", "termSourcedIds")] = "y26"
    return files


def name_key(name):
    return {"甲学期": "ta", "乙学期": "tb", "丙学期": "tc"}[name]


async def test_a_term_that_is_gone_is_withdrawn_and_the_others_keep_their_numbers(tmp_path, importer, own):
    await importer.bring(write_zip(tmp_path / "p.zip", with_terms(await own(), "甲学期", "乙学期", "丙学期")))
    before = await importer.rows("select id, name from terms order by number")
    row = await importer.bring(write_zip(tmp_path / "q.zip", with_terms(await own(), "乙学期", "丙学期")))
    assert row.counts["term"] == {"unchanged": 2, "leaving": 1}
    assert await importer.rows(TERMS) == [("甲学期", 1, True), ("乙学期", 2, False), ("丙学期", 3, False)]
    assert await importer.rows("select id, name from terms order by number") == before
    again = await importer.bring(write_zip(tmp_path / "r.zip", with_terms(await own(), "乙学期", "丙学期")), compares_all=True)
    assert set(again.counts["term"]) == {"unchanged"}
    years = await (await importer.world.client("registrar")).get("/api/v1/school-years")
    shown = [term["name"] for year in years.json()["items"] for term in year["terms"]]
    assert shown == ["乙学期", "丙学期"]
    back = await importer.bring(write_zip(tmp_path / "s.zip", with_terms(await own(), "甲学期", "乙学期", "丙学期")))
    assert back.counts["term"] == {"changed": 1, "unchanged": 2}
    assert {gone for _, _, gone in await importer.rows(TERMS)} == {False}


async def test_terms_of_years_that_are_not_in_the_set_are_history(tmp_path, importer, own):
    files = await own()
    later = {"y26": "y27", "t26": "t27", "2026-09-01": "2027-09-01", "2027-09-01": "2028-09-01", "2027-02-01": "2028-02-01", "2027": "2028"}
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    files["academicSessions"] = [files["academicSessions"][0], *[[later.get(c, c) for c in row] for row in files["academicSessions"][1:]]]
    for row in files["classes"][1:]:
        row[column(files, "classes", "termSourcedIds")] = "t27"
    row = await importer.bring(write_zip(tmp_path / "q.zip", files))
    assert "leaving" not in row.counts["term"]
    assert await importer.value("select count(*) from terms where withdrawn_on is not null") == 0
