"""`nuanyang roster import`: the same check and apply from a script, with exit codes a script can go by."""

import json
import os
import subprocess
import sys

import pytest

from tests.exchange.rosters.packages import right_package, write_zip


@pytest.fixture
def roster(database_urls, settings, world, importer):
    """Call the command on the test's database and school."""

    async def call(path, *arguments):
        code = await importer.value("select code from schools where id = :id", id=world.school_id)
        environment = {**os.environ, "NUANYANG_APP_DATABASE_URL": database_urls[0], "NUANYANG_VAR": str(settings.var), "DATABASE_URL": ""}
        command = [sys.executable, "-m", "nuanyang.entrypoints.cli", "roster", "import", str(path), "--school", code, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False), code

    return call


async def test_a_script_checks_then_applies(tmp_path, importer, world, roster):
    files = right_package()
    files["orgs"][1][files["orgs"][0].index("identifier")] = await importer.value(
        "select code from schools where id = :id", id=world.school_id
    )
    path = write_zip(tmp_path / "p.zip", files)
    done, _ = await roster(path, "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["student"] == {"new": 2}
    assert await importer.value("select count(*) from students") == 0
    done, _ = await roster(path)
    assert done.returncode == 0, done.stderr
    assert "已导入" in done.stdout
    assert await importer.value("select count(*) from students") == 2
    for name, place in (("users", 0), ("roles", 3), ("enrollments", 5), ("demographics", 0)):
        files[name] = [row for row in files[name] if row[place] != "s2"]
    fewer = write_zip(tmp_path / "q.zip", files)
    done, _ = await roster(fewer, "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["error"] == "removals_not_confirmed"
    done, _ = await roster(fewer, "--confirm-removals", "--json")
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "applied")


async def test_errors_have_an_exit_code_and_places(tmp_path, roster, importer):
    files = right_package()
    files["users"][1][files["users"][0].index("enabledUser")] = "TRUE"
    done, _ = await roster(write_zip(tmp_path / "p.zip", files), "--json")
    assert done.returncode == 3
    finding = json.loads(done.stdout)["findings"][0]
    assert (finding["file"], finding["line"], finding["column"]) == ("users.csv", 2, "enabledUser")
    assert await importer.value("select count(*) from students") == 0
