"""`nuanyang roster import`: the same check and apply from a script, with exit codes a script can go by."""

import json
import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from nuanyang.entrypoints.commands import roster as command
from nuanyang.kit.db import NO_CONTEXT, opening
from nuanyang.kit.ids import new_id
from tests.exchange.rosters.packages import column, right_package, write_zip


@pytest.fixture
def roster(database_urls, settings, world, importer):
    """Call the command on the test's database, by default on the test's own school."""

    async def call(path, *arguments, school=None, **variables):
        code = school or await importer.value("select code from schools where id = :id", id=world.school_id)
        environment = {
            **os.environ,
            "NUANYANG_APP_DATABASE_URL": database_urls[0],
            "NUANYANG_VAR": str(settings.var),
            "DATABASE_URL": "",
            **variables,
        }
        command = [sys.executable, "-m", "nuanyang.entrypoints.cli", "roster", "import", str(path), "--school", code, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)

    return call


@pytest.fixture
async def files(importer, world):
    """The right package of the test's own school."""
    made = right_package()
    made["orgs"][1][column(made, "orgs", "identifier")] = await importer.value(
        "select code from schools where id = :id", id=world.school_id
    )
    return made


async def test_a_script_checks_then_applies(tmp_path, importer, roster, files):
    path = write_zip(tmp_path / "p.zip", files)
    done = await roster(path, "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["student"] == {"new": 2}
    assert await importer.value("select count(*) from students") == 0
    done = await roster(path)
    assert done.returncode == 0, done.stderr
    assert "已导入" in done.stdout
    assert await importer.value("select count(*) from students") == 2


async def test_many_missing_pupils_want_a_confirmation(tmp_path, roster, files):
    await roster(write_zip(tmp_path / "p.zip", files))
    for name, place in (("users", 0), ("roles", 3), ("enrollments", 5), ("demographics", 0)):
        files[name] = [row for row in files[name] if row[place] != "s2"]
    fewer = write_zip(tmp_path / "q.zip", files)
    done = await roster(fewer, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["error"], answer["counts"]["student"]["leaving"]) == (4, "removals_not_confirmed", 1)
    assert [(school["missing"], school["present"]) for school in answer["schools"]] == [(1, 2)]
    assert "2 名在读学生中有 1 名不在文件里" in (await roster(fewer)).stdout
    done = await roster(fewer, "--confirm-removals", "--json")
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "applied")


async def test_errors_have_an_exit_code_and_places(tmp_path, roster, importer, files):
    files["users"][1][column(files, "users", "enabledUser")] = "TRUE"
    path = write_zip(tmp_path / "p.zip", files)
    done = await roster(path, "--json")
    assert done.returncode == 3
    finding = json.loads(done.stdout)["findings"][0]
    assert (finding["file"], finding["line"], finding["column"]) == ("users.csv", 2, "enabledUser")
    shown = await roster(path)
    assert (shown.returncode, "users.csv 第 2 行 enabledUser  TRUE" in shown.stdout) == (3, True)
    assert await importer.value("select count(*) from students") == 0


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("p.txt", ()), ("nowhere.zip", ()), ("p.zip", ("--create-schools",)), ("p.zip", ("--year", "soon"))],
)
async def test_wrong_usage_is_told_apart(tmp_path, roster, files, name, arguments):
    write_zip(tmp_path / "p.zip", files)
    (tmp_path / "p.txt").write_text("x")
    assert (await roster(tmp_path / name, *arguments)).returncode == 2


async def test_an_unknown_school_and_a_database_that_is_away_are_told_apart(tmp_path, roster, files):
    path = write_zip(tmp_path / "p.zip", files)
    done = await roster(path, "--json", school="0000000000")
    assert (done.returncode, json.loads(done.stdout)["error"]) == (5, "no_such_school")
    away = await roster(path, NUANYANG_APP_DATABASE_URL="postgresql://nobody:nothing@127.0.0.1:9/none")
    assert (away.returncode, away.stdout) == (1, "")
    assert "Traceback" not in away.stderr


def district(codes):
    """A package of several schools: the first with everything, the others with a class and a pupil of their own."""
    files = right_package()
    orgs, classes, users, roles, seats = (files[name] for name in ("orgs", "classes", "users", "roles", "enrollments"))
    orgs[1][column(files, "orgs", "identifier")] = codes[0]
    orgs[1][column(files, "orgs", "parentSourcedId")] = "district"
    orgs.append(["district", "", "", "测试区", "district", f"D{codes[0]}", ""])
    for number, code in enumerate(codes[1:], 2):
        own = {
            "school": f"school{number}",
            "k1": f"k{number}0",
            "s1": f"s{number}0",
            "r-s1": f"r{number}0",
            "e1": f"e{number}0",
            "g1,g2": "",
        }
        orgs.append([f"school{number}", "", "", f"第{number}学校", "school", code, "district"])
        for rows in (classes, users, roles, seats):
            rows.append([own.get(cell, cell) for cell in rows[1]])
    return files


async def test_a_districts_package_makes_its_schools(tmp_path, roster, importer, world):
    own = await importer.value("select code from schools where id = :id", id=world.school_id)
    codes = [own, *(str(new_id().int)[-10:] for _ in range(2))]
    path = write_zip(tmp_path / "district.zip", district(codes))

    async def schools():
        async with world.database.session(NO_CONTEXT) as session:
            statement = "select s.code, s.name, d.name as district from schools s left join districts d on d.id = s.district_id"
            return list(
                await session.execute(
                    text(f"{statement} where s.code = any(:codes) order by s.code <> :own, s.name"), {"codes": codes, "own": own}
                )
            )

    refused = await roster(path, "--json")
    assert refused.returncode == 3
    assert {f["code"] for f in json.loads(refused.stdout)["findings"]} == {"unknown_school"}
    refused = await roster(path, "--district", "--json")
    assert (refused.returncode, {f["code"] for f in json.loads(refused.stdout)["findings"]}) == (3, {"unknown_school"})
    dry = await roster(path, "--district", "--create-schools", "--dry-run", "--json")
    assert (dry.returncode, json.loads(dry.stdout)["counts"]["school"]) == (0, {"new": 2})
    assert len(await schools()) == 1
    done = await roster(path, "--district", "--create-schools", "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["state"], answer["counts"]["student"]) == (0, "applied", {"new": 4})
    assert [(school["name"][-4:], school["counts"]["student"]) for school in answer["schools"]][1:] == [
        ("第2学校", {"new": 1}),
        ("第3学校", {"new": 1}),
    ]
    made = await schools()
    assert [(one.name, one.district) for one in made[1:]] == [("第2学校", "测试区"), ("第3学校", "测试区")]
    assert made[0].district == "测试区"
    for one in made[1:]:
        async with world.database.session(NO_CONTEXT) as session:
            school_id = await session.scalar(text("select id from schools where code = :code"), {"code": one.code})
        async with world.database.session(opening(school_id=school_id, purpose="job")) as session:
            assert list(await session.scalars(text("select name from students"))) == ["张晓明"]
    again = await roster(path, "--district", "--create-schools", "--compare-all", "--json")
    assert json.loads(again.stdout)["counts"]["student"] == {"unchanged": 4}
    shown = await roster(path, "--district", "--compare-all")
    assert "第3学校  unchanged 1" in shown.stdout


def test_the_help_names_every_exit_code():
    said = " ".join((command.__doc__ or "").split())
    assert all(f"{code} " in said for code in (0, 1, command.BAD_USAGE, command.HAS_ERRORS, command.NOT_CONFIRMED, command.NO_SCHOOL))
