"""Microsoft School Data Sync v2.1, the vendor's own sample files: what is not standard is said, what can be taken is."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from nuanyang.kit.db import NO_CONTEXT, opening
from tests.exchange.rosters.conftest import upload

SAMPLE = Path(__file__).parents[2] / "data" / "rosters" / "oneroster-ms-sds-v21"


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "SDS.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(SAMPLE.glob("*.csv")):
            archive.write(file, file.name)
    return path


@pytest.fixture
async def district_admin(world):
    client = await world.client("registrar")
    async with world.session() as session:
        await session.execute(text("update accounts set is_district_admin = true where id = :id"), {"id": client.account.id})
    return client


async def test_whoever_has_one_school_is_told_that_the_file_has_others(registrar, sample, work):
    answer = await upload(registrar, sample.read_bytes(), "SDS.zip")
    await work(answer)
    url = f"/api/v1/roster-imports/{answer.json()['id']}"
    shown = (await registrar.get(url)).json()
    assert (shown["state"], shown["form"]) == ("refused", "sds")
    wrong = [
        (one["file"], one["line"], one["code"])
        for one in (await registrar.get(f"{url}/findings", params={"severity": "error"})).json()["items"]
    ]
    assert wrong == [("orgs.csv", 4, "one_school_twice")]


async def test_the_sample_is_taken_by_the_api_and_known_again_by_the_command(district_admin, sample, work, world, settings, database_urls):
    answer = await upload(district_admin, sample.read_bytes(), "SDS.zip", district="true", create_schools="true")
    await work(answer)
    url = f"/api/v1/roster-imports/{answer.json()['id']}"
    checked = (await district_admin.get(url)).json()
    assert (checked["state"], checked["error_count"], checked["form_version"]) == ("checked", 0, "2.1")
    assert checked["counts"]["student"] == {"new": 4}
    await work(await district_admin.post(f"{url}/apply", json={}))
    assert (await district_admin.get(url)).json()["state"] == "applied"
    items = []
    cursor = None
    while cursor is not None or not items:
        page = (await district_admin.get(f"{url}/findings", params={"limit": 50} | ({"cursor": cursor} if cursor else {}))).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    told = {(one["code"], one["file"], one["line"], one["column"], one["value"]) for one in items}
    assert ("dialect", "SDS.zip", None, None, None) in told
    assert ("dialect_value", "roles.csv", 2, "isPrimary", "TRUE") in told
    assert ("dialect_value", "enrollments.csv", 3, "role", "professor") in told
    assert ("dialect_value", "orgs.csv", 2, "type", "college") in told
    assert ("dialect_file", "userFlags.csv", None, None, None) in told
    assert ("year_by_days", "academicSessions.csv", 2, "schoolYear", "2021") in told
    assert "P@ssword123" not in json.dumps(items)

    async with world.database.session(NO_CONTEXT) as session:
        school_id = await session.scalar(text("select id from schools where name = 'School of TwoDotOne'"))
    async with world.database.session(opening(school_id=school_id, purpose="job")) as session:
        pupils = await session.execute(
            text("select s.name, c.name, s.birth_on::text from students s join classes c on c.id = s.class_id order by 1")
        )
        assert list(pupils) == [
            ("Alice Smithee", "Biology 10", "2001-09-02"),
            ("Fred Hutch", "Biology 10", "2002-03-02"),
            ("Jack Craig", "Biology 10", "2001-07-02"),
        ]
        related = await session.execute(
            text(
                "select s.name, g.name, r.relation, r.is_guardian from student_guardians r"
                " join students s on s.id = r.student_id join guardians g on g.id = r.guardian_id order by 1"
            )
        )
        assert list(related) == [
            ("Alice Smithee", "Bob Smithee", "other", True),
            ("Fred Hutch", "Jean Craig", "other_relative", False),
            ("Jack Craig", "Jean Craig", "other", True),
        ]
        assert list(await session.scalars(text("select name from school_years"))) == ["2021-2022"]
        teachers = text("select t.name, k.role from class_staff k join staff t on t.id = k.staff_id")
        assert list(await session.execute(teachers)) == [("Kristen Fein", "subject_teacher")]

    async with world.database.session(NO_CONTEXT) as session:
        code = await session.scalar(text("select code from schools where id = :id"), {"id": world.school_id})
    environment = {**os.environ, "NUANYANG_APP_DATABASE_URL": database_urls[0], "NUANYANG_VAR": str(settings.var), "DATABASE_URL": ""}
    command = ["roster", "import", str(sample), "--school", code, "--district", "--compare-all", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "nuanyang.entrypoints.cli", *command],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["state"]) == (0, "applied")
    assert {what for counts in answer["counts"].values() for what in counts} == {"unchanged"}
