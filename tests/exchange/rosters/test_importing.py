"""A file in the database: what is written, what is counted, and that the same file twice changes nothing."""

from datetime import timedelta

import pytest

from nuanyang.kit.clock import today
from tests.exchange.rosters.packages import right_package, write_zip


def place(files, name, column):
    return files[name][0].index(column)


@pytest.fixture
def own_package(world, importer):
    """The right package with the test's own school in it."""

    async def made(**more):
        files = right_package(**more)
        code = await importer.value("select code from schools where id = :id", id=world.school_id)
        files["orgs"][1][place(files, "orgs", "identifier")] = code
        return files

    return made


async def test_a_package_brings_everything_along(tmp_path, importer, own_package):
    row = await importer.bring(write_zip(tmp_path / "p.zip", await own_package()))
    assert row.state == "applied"
    assert row.counts["student"] == {"new": 2}
    assert row.counts["guardian"] == {"new": 2}
    students = await importer.rows(
        "select s.name, s.pinyin, s.sex, s.birth_on::text, c.name, s.grade from students s join classes c on c.id = s.class_id order by s.name"
    )
    assert students == [
        ("张晓明", "zhangxiaoming", "male", "2014-03-05", "七(1)班", 7),
        ("欧阳娜", "ouyangna", "female", "2014-07-01", "七(2)班", 7),
    ]
    related = await importer.rows(
        "select s.name, g.name, r.relation, r.is_guardian"
        " from student_guardians r join students s on s.id = r.student_id join guardians g on g.id = r.guardian_id order by 1, 2"
    )
    assert related == [
        ("张晓明", "张建国", "parent", True),
        ("张晓明", "李秀英", "other_relative", False),
        ("欧阳娜", "张建国", "parent", True),
    ]
    assert await importer.rows(
        "select st.name, c.name from class_staff k join staff st on st.id = k.staff_id join classes c on c.id = k.class_id where k.role = 'homeroom_teacher'"
    ) == [("王老师", "七(1)班")]
    assert await importer.value("select count(*) from enrolments where ends_on is null and start_reason = 'placement'") == 2


async def test_a_dry_run_writes_nothing_of_the_school(tmp_path, importer, own_package):
    row = await importer.bring(write_zip(tmp_path / "p.zip", await own_package()), apply=False)
    assert row.state == "checked"
    assert row.counts["student"] == {"new": 2}
    assert await importer.value("select count(*) from students") == 0
    assert await importer.value("select count(*) from external_ids") == 0


@pytest.mark.parametrize("compares_all", [True, False], ids=["row by row", "recognised"])
async def test_the_same_package_twice_changes_nothing(tmp_path, importer, own_package, compares_all):
    path = write_zip(tmp_path / "p.zip", await own_package())
    await importer.bring(path)
    before = await state_of(importer)
    row = await importer.bring(path, compares_all=compares_all)
    assert row.state == "applied"
    assert {kind: set(what) for kind, what in row.counts.items()} == {kind: {"unchanged"} for kind in row.counts}
    assert row.counts["student"] == {"unchanged": 2}
    assert await state_of(importer) == before
    assert [f.code for f in await importer.findings(row)] == ([] if compares_all else ["same_as_before"])


async def test_a_file_is_recognised_by_its_content_however_it_was_packed(tmp_path, importer, own_package):
    files = await own_package()
    first = await importer.bring(write_zip(tmp_path / "p.zip", files))
    other = write_zip(tmp_path / "q.zip", dict(reversed(files.items())))
    assert (tmp_path / "p.zip").read_bytes() != other.read_bytes()
    row = await importer.bring(other)
    assert [f.code for f in await importer.findings(row)] == ["same_as_before"]
    assert row.rows == first.rows
    assert {kind: sum(what.values()) for kind, what in row.counts.items()} == {k: sum(w.values()) for k, w in first.counts.items()}


async def test_after_another_file_of_the_same_source_the_first_is_read_again(tmp_path, importer, own_package):
    files = await own_package()
    path = write_zip(tmp_path / "p.zip", files)
    await importer.bring(path)
    files["users"][1][place(files, "users", "givenName")] = "晓鸣"
    await importer.bring(write_zip(tmp_path / "q.zip", files))
    row = await importer.bring(path)
    assert row.counts["student"] == {"changed": 1, "unchanged": 1}
    assert await importer.value("select name from students where name like '张%'") == "张晓明"


async def test_a_file_in_which_something_has_ended_meanwhile_is_read_again(tmp_path, importer, own_package, monkeypatch):
    files = await own_package()
    files["roles"][1][place(files, "roles", "endDate")] = (today() + timedelta(days=3)).isoformat()
    path = write_zip(tmp_path / "p.zip", files)
    first = await importer.bring(path)
    assert first.holds_until == today() + timedelta(days=3)
    assert [f.code for f in await importer.findings(await importer.bring(path))] == ["same_as_before"]
    later = today() + timedelta(days=4)
    monkeypatch.setattr("nuanyang.exchange.rosters.repository.today", lambda _zone: later)
    assert "same_as_before" not in {f.code for f in await importer.findings(await importer.bring(path))}


async def test_a_refused_file_is_read_again(tmp_path, importer, own_package):
    files = await own_package()
    files["users"][1][place(files, "users", "enabledUser")] = "TRUE"
    path = write_zip(tmp_path / "p.zip", files)
    for _ in range(2):
        row = await importer.bring(path)
        assert (row.state, [f.code for f in await importer.findings(row)]) == ("refused", ["bad_boolean"])


async def state_of(importer):
    tables = (
        "students",
        "guardians",
        "student_guardians",
        "enrolments",
        "classes",
        "class_staff",
        "staff",
        "external_ids",
        "student_identities",
        "terms",
        "school_years",
    )
    return [await importer.rows(f"select * from {table} order by id") for table in tables]


async def test_a_change_is_counted_and_written_once(tmp_path, importer, own_package):
    files = await own_package()
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    files["users"][1][place(files, "users", "givenName")] = "晓鸣"
    row = await importer.bring(write_zip(tmp_path / "q.zip", files))
    assert row.counts["student"] == {"changed": 1, "unchanged": 1}
    assert await importer.rows("select name, former_name, version from students where name like '张%'") == [("张晓鸣", "张晓明", 2)]


async def test_an_error_refuses_the_whole_file(tmp_path, importer, own_package):
    files = await own_package()
    files["users"][1][place(files, "users", "enabledUser")] = "TRUE"
    row = await importer.bring(write_zip(tmp_path / "p.zip", files))
    assert (row.state, row.error_count) == ("refused", 1)
    finding = (await importer.findings(row))[0]
    assert (finding.file, finding.line, finding.column_name, finding.value) == ("users.csv", 2, "enabledUser", "TRUE")
    assert await importer.value("select count(*) from students") == 0


async def test_another_school_in_the_file_is_refused(tmp_path, importer, world, own_package):
    files = await own_package()
    other = await world.elsewhere()
    files["orgs"][1][place(files, "orgs", "identifier")] = await importer.value(
        "select code from schools where id = :id", id=other.school_id
    )
    row = await importer.bring(write_zip(tmp_path / "p.zip", files))
    assert row.state == "refused"
    assert [f.code for f in await importer.findings(row)] == ["other_school"]


async def test_a_missing_pupil_is_looked_for_and_asked_about(tmp_path, importer, own_package):
    files = await own_package()
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    for name, key in (("users", 0), ("roles", 3), ("enrollments", place(files, "enrollments", "userSourcedId")), ("demographics", 0)):
        files[name] = [row for row in files[name] if row[key] != "s2"]
    row = await importer.bring(write_zip(tmp_path / "q.zip", files), apply=False)
    assert row.needs_confirmation
    assert row.counts["student"] == {"unchanged": 1, "leaving": 1, "whereabouts_unverified": 1}
    await importer.run(row.id, is_applying=True)
    assert await importer.rows("select status from students where name = '欧阳娜'") == [("whereabouts_unverified",)]
    assert await importer.rows("select is_compulsory_age, outcome from whereabouts_checks") == [(True, None)]
    assert await importer.value("select count(*) from enrolments where ends_on is null") == 2  # never closed silently
    back = await importer.bring(write_zip(tmp_path / "r.zip", await own_package()))
    assert back.counts["student"] == {"changed": 1, "unchanged": 1, "returning": 1}
    assert await importer.rows("select outcome from whereabouts_checks") == [("enrolled",)]
    assert await importer.rows("select status from students where name = '欧阳娜'") == [("enrolled",)]


async def test_identity_numbers_are_stored_sealed(tmp_path, importer, own_package):
    files = await own_package(extensions=("metadata.cn.identityNumber", "metadata.cn.registrationNumber"))
    files["users"][1][-2:] = ["99010220140305001X", "G99010220140305001X"]
    await importer.bring(write_zip(tmp_path / "p.zip", files))
    sealed, tail, kind = (await importer.rows("select identity_cipher, identity_tail, registration_kind from student_identities"))[0]
    assert (tail, kind) == ("1X", "G")
    assert b"990102" not in sealed
    student = await importer.value("select id from students where name = '张晓明'")
    assert importer.keyring.decrypt(sealed, "student_identities.identity", student) == "99010220140305001X"


async def test_two_classes_of_one_name_in_two_grades_are_two(tmp_path, importer, own_package):
    files = await own_package()
    for row, grade in zip(files["classes"][1:], ("07", "08"), strict=True):
        row[place(files, "classes", "title")], row[place(files, "classes", "grades")] = "1班", grade
    row = await importer.bring(write_zip(tmp_path / "p.zip", files))
    assert await importer.rows("select c.name, c.grade, s.name from classes c join students s on s.class_id = c.id order by 2") == [
        ("1班", 7, "张晓明"),
        ("八(1)班", 8, "欧阳娜"),
    ]
    assert [(f.code, f.line, f.params) for f in await importer.findings(row)] == [("class_conflict", 3, {"taken": "八(1)班"})]
    again = await importer.bring(write_zip(tmp_path / "q.zip", files), compares_all=True)
    assert again.counts["class"] == {"unchanged": 2}


async def test_last_years_roster_is_not_taken_for_this_years(tmp_path, importer, own_package):
    await importer.bring(write_zip(tmp_path / "p.zip", await own_package()))
    files = await own_package()
    older = {"y26": "y25", "t26": "t25", "2026-09-01": "2025-09-01", "2027-09-01": "2026-09-01", "2027-02-01": "2026-02-01", "2027": "2026"}
    files["academicSessions"] = [[older.get(cell, cell) for cell in row] for row in files["academicSessions"]]
    files["classes"] = [[older.get(cell, cell) for cell in row] for row in files["classes"]]
    path = write_zip(tmp_path / "q.zip", files)
    row = await importer.bring(path)
    assert (row.state, [(f.code, f.file, f.line) for f in await importer.findings(row)]) == (
        "refused",
        [("older_year", "academicSessions.csv", 2)],
    )
    assert await importer.value("select count(*) from enrolments") == 2
