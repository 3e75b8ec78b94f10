"""The first school of a real installation, from the command line."""

import os
import re
import subprocess
import sys
from uuid import uuid4

from sqlalchemy import text

from nuanyang.kit.settings import Settings
from tests.factories.world import World


def school(settings: Settings, url: str, *more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NUANYANG_APP_DATABASE_URL": url, "NUANYANG_VAR": str(settings.var)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "nuanyang.entrypoints.cli", "school", *more]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


async def test_a_school_and_its_administrator(world: World, settings: Settings, database_urls: tuple[str, str]) -> None:
    code, admin = str(uuid4().int)[:10], f"head.{uuid4().hex[:8]}"
    made = school(settings, database_urls[0], "create", "--code", code, "--name", "青山学校", "--admin", admin)
    assert made.returncode == 0, made.stderr
    password = re.search(r"password (\S+)", made.stdout)
    assert password is not None
    signed = await world.anonymous().post("/api/v1/auth/token", data={"username": admin, "password": password[1]})
    assert signed.json()["school"]["name"] == "青山学校"
    assert signed.json()["must_enrol_second_factor"] is True
    assert sorted(signed.json()["school"]["roles"]) == ["admin", "registrar"]
    again = school(settings, database_urls[0], "create", "--code", code, "--name", "青山学校", "--admin", admin)
    assert again.returncode == 1
    assert "taken" in again.stderr


async def test_a_school_may_do_without_second_factors(world: World, settings: Settings, database_urls: tuple[str, str]) -> None:
    code, admin = str(uuid4().int)[:10], f"head.{uuid4().hex[:8]}"
    made = school(settings, database_urls[0], "create", "--code", code, "--name", "青山学校", "--admin", admin)
    assert school(settings, database_urls[0], "second-factor", "--code", code, "--policy", "off").returncode == 0
    password = made.stdout.split("password ")[1].split()[0]
    signed = await world.anonymous().post("/api/v1/auth/token", data={"username": admin, "password": password})
    assert signed.json()["must_enrol_second_factor"] is False
    assert school(settings, database_urls[0], "second-factor", "--code", code, "--policy", "perhaps").returncode == 2
    assert school(settings, database_urls[0], "second-factor", "--code", "0000000000", "--policy", "off").returncode == 2


async def test_schools_of_one_district(world: World, settings: Settings, database_urls: tuple[str, str]) -> None:
    of = f"d{uuid4().hex[:8]}"
    codes = [str(uuid4().int)[:10] for _ in range(2)]
    for code in codes:
        more = ("--code", code, "--name", "青山学校", "--admin", f"head.{uuid4().hex[:8]}", "--district", f"{of}:青山区")
        made = school(settings, database_urls[0], "create", *more)
        assert made.returncode == 0, made.stderr
    async with world.session() as session:
        statement = text("select d.name from schools s join districts d on d.id = s.district_id where s.code = any(:codes)")
        assert list(await session.scalars(statement, {"codes": codes})) == ["青山区"] * 2
    wrong = school(settings, database_urls[0], "create", "--code", codes[0], "--name", "青山学校", "--admin", "x.y", "--district", "青山区")
    assert wrong.returncode == 2


async def test_a_school_needs_its_code(settings: Settings, database_urls: tuple[str, str]) -> None:
    assert school(settings, database_urls[0], "create", "--code", "123", "--name", "青山学校", "--admin", "x.y.z").returncode == 2
