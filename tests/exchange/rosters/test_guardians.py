"""Guardians: their numbers are kept as students' are, and a relation that the sender no longer names is over."""

import pytest
from sqlalchemy import text

from nuanyang.school.guardians.models import Guardian, StudentGuardian
from tests.exchange.rosters.packages import column, right_package, write_zip
from tests.exchange.rosters.reading.test_sheet import HEADER, ROW, workbook

FATHER, MOTHER = "110101198001010010", "110101198202020020"
EXTENSIONS = ("metadata.cn.identityKind", "metadata.cn.identityNumber")
RELATED = """
select s.name, g.name, r.ended_on is not null from student_guardians r
join students s on s.id = r.student_id join guardians g on g.id = r.guardian_id order by 1, 2"""


@pytest.fixture
def own(importer):
    """The right package with the test's own school in it, numbers where they are given."""

    async def made(*numbers: tuple[int, str], **more):
        files = right_package(extensions=EXTENSIONS, **more)
        files["orgs"][1][column(files, "orgs", "identifier")] = await importer.value(
            "select code from schools where id = :id", id=importer.world.school_id
        )
        for place, number in numbers:
            files["users"][place][-1] = number
        return files

    return made


def without_agent(files, key):
    place = column(files, "users", "agentSourcedIds")
    for row in files["users"][1:]:
        row[place] = ",".join(one for one in row[place].split(",") if one and one != key)
    return files


async def test_a_guardians_number_is_sealed_and_shows_two_characters(tmp_path, importer, own):
    await importer.bring(write_zip(tmp_path / "p.zip", await own((3, FATHER))))
    guardian, kind, sealed, tail = (
        await importer.rows("select id, identity_kind, identity_cipher, identity_tail from guardian_identities")
    )[0]
    assert (kind, tail) == ("citizen", "10")
    assert b"110101" not in sealed
    assert importer.keyring.decrypt(sealed, "guardian_identities.identity", guardian) == FATHER
    student = await importer.value("select id from students where name = '张晓明'")
    page = await (await importer.world.client("registrar")).get(f"/api/v1/students/{student}/dossier")
    assert page.json()["identity"]["guardians"] == [{"id": str(guardian), "identity_kind": "citizen", "identity_tail": "10"}]
    assert FATHER not in page.text
    without = await (await importer.world.client("academic_affairs")).get(f"/api/v1/students/{student}/dossier")
    assert "identity" not in without.json()


async def test_the_same_guardian_under_another_key_is_found_by_number(tmp_path, importer, own):
    await importer.bring(write_zip(tmp_path / "p.zip", await own((3, FATHER))))
    files = await own((3, FATHER))
    for name in ("users", "roles"):
        files[name] = [[cell.replace("g1", "g77") for cell in row] for row in files[name]]
    files["users"][3][column(files, "users", "phone")] = "13900009999"
    await importer.bring(write_zip(tmp_path / "q.zip", files))
    assert await importer.rows("select name, phone from guardians order by name") == [("张建国", "13900009999"), ("李秀英", None)]


async def test_a_wrong_number_of_a_guardian_is_told_and_not_kept(tmp_path, importer, own):
    row = await importer.bring(write_zip(tmp_path / "p.zip", await own((3, FATHER[:-1] + "5"))))
    assert row.state == "applied"
    found = [(f.code, f.line, f.column_name, f.value) for f in await importer.findings(row)]
    assert found == [("bad_guardian_number", 4, "metadata.cn.identityNumber", "****************15")]
    assert await importer.value("select count(*) from guardian_identities") == 0


async def test_a_sheet_brings_the_numbers_of_both_members(tmp_path, importer):
    code = await importer.value("select code from schools where id = :id", id=importer.world.school_id)
    more = ["成员1身份证件类型", "成员1身份证件号", "成员2姓名", "成员2关系", "成员2身份证件号"]
    rows = [[*HEADER, *more], [code, *ROW[1:], "居民身份证", FATHER, "李秀英", "母亲", f"'{MOTHER}"]]
    path = workbook(tmp_path / "学籍.xlsx", rows)
    row = await importer.bring(path, year_starts=2026)
    assert row.state == "applied", [(f.code, f.params) for f in await importer.findings(row)]
    numbers = await importer.rows(
        "select g.name, i.identity_tail from guardian_identities i join guardians g on g.id = i.id order by g.name desc"
    )
    assert numbers == [("李秀英", "20"), ("张建国", "10")]
    sealed = await importer.rows("select * from guardian_identities order by id")
    assert (await importer.bring(path, year_starts=2026, compares_all=True)).counts["guardian"] == {"unchanged": 2}
    assert await importer.rows("select * from guardian_identities order by id") == sealed


async def test_a_new_telephone_in_a_sheet_is_no_new_person(tmp_path, importer):
    code = await importer.value("select code from schools where id = :id", id=importer.world.school_id)
    row = [code, *ROW[1:]]
    await importer.bring(workbook(tmp_path / "a.xlsx", [HEADER, row]), year_starts=2026)
    row[HEADER.index("成员1联系电话")] = "13700007777"
    await importer.bring(workbook(tmp_path / "b.xlsx", [HEADER, row]), year_starts=2026)
    assert await importer.rows("select name, phone from guardians") == [("张建国", "13700007777")]
    assert await importer.rows(RELATED) == [("张晓明", "张建国", False)]


async def test_a_relation_that_is_no_longer_named_ends_and_comes_back(tmp_path, importer, own):
    path = write_zip(tmp_path / "p.zip", await own())
    await importer.bring(path)
    row = await importer.bring(write_zip(tmp_path / "q.zip", without_agent(await own(), "g2")))
    assert row.counts["relation"] == {"leaving": 1}
    assert await importer.rows(RELATED) == [("张晓明", "张建国", False), ("张晓明", "李秀英", True), ("欧阳娜", "张建国", False)]
    student = await importer.value("select id from students where name = '张晓明'")
    page = await (await importer.world.client("registrar")).get(f"/api/v1/students/{student}")
    assert [g["name"] for g in page.json()["contact"]["guardians"]] == ["张建国"]
    again = await importer.bring(write_zip(tmp_path / "r.zip", without_agent(await own(), "g2")), compares_all=True)
    assert "relation" not in again.counts
    await importer.bring(path)
    assert {ended for _, _, ended in await importer.rows(RELATED)} == {False}


async def test_what_a_person_entered_is_not_ended_by_a_file(tmp_path, importer, own):
    await importer.bring(write_zip(tmp_path / "p.zip", await own()))
    student = await importer.value("select id from students where name = '张晓明'")
    uncle = Guardian(school_id=importer.world.school_id, name="张叔叔")
    async with importer.session() as session:
        session.add(uncle)
        await session.flush()
        related = {"student_id": student, "guardian_id": uncle.id, "relation": "uncle_or_aunt", "is_guardian": False}
        session.add(StudentGuardian(school_id=importer.world.school_id, **related))
        # The mother, too, was entered by hand before the file named her.
        await session.execute(
            text("update student_guardians set source = null where guardian_id = (select id from guardians where name = '李秀英')")
        )
    await importer.bring(write_zip(tmp_path / "q.zip", without_agent(await own(), "g2")))
    assert {ended for _, _, ended in await importer.rows(RELATED)} == {False}


async def test_a_file_without_any_guardian_ends_none(tmp_path, importer, own):
    await importer.bring(write_zip(tmp_path / "p.zip", await own()))
    files = without_agent(without_agent(await own(), "g1"), "g2")
    for name, place in (("users", 0), ("roles", 3)):
        files[name] = [row for row in files[name] if row[place] not in {"g1", "g2"}]
    row = await importer.bring(write_zip(tmp_path / "q.zip", files))
    assert row.state == "applied"
    assert {ended for _, _, ended in await importer.rows(RELATED)} == {False}
