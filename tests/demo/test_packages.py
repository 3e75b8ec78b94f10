"""Packages as the standard wants them, and the large one made with flat memory."""

import csv
import io
import re
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from nuanyang.demo.packages import ALL_FILES, COLUMNS, write_package
from nuanyang.demo.scale import write_scale_package
from nuanyang.demo.uci import build_school
from nuanyang.exchange.rosters.reading.numbers import Citizen, citizen, registration

DISTRICT = ("district", "2199010000", "暖阳示范区")
GUID = re.compile(r"[A-Za-z0-9.\-_/@]{1,255}")


def _read(path: Path) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(path) as package:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.TextIOWrapper(package.open(name), "utf-8", newline="")))
            for name in package.namelist()
        }


@pytest.fixture(scope="module")
def high_school_package(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("package") / "district.zip"
    write_package(path, [build_school("GP")[0], build_school("MS")[0]], DISTRICT)
    return path


@pytest.fixture(scope="module")
def scale_package(tmp_path_factory) -> Path:
    return write_scale_package(tmp_path_factory.mktemp("scale"), students=1000, schools=3)[0]


@pytest.fixture(params=["high_school_package", "scale_package"])
def package(request) -> dict[str, list[dict[str, str]]]:
    return _read(request.getfixturevalue(request.param))


def test_the_manifest_names_all_files_and_agrees_with_what_is_there(package):
    manifest = {row["propertyName"]: row["value"] for row in package["manifest"]}
    assert manifest["oneroster.version"] == "1.2"
    for name in ALL_FILES:
        assert manifest[f"file.{name}"] == ("bulk" if name in package else "absent")
    assert len([key for key in manifest if key.startswith("file.")]) == 21


def test_columns_stand_in_the_order_of_the_binding_and_extensions_to_their_right(package):
    for name, columns in COLUMNS.items():
        found = list(package[name][0])
        defined = ["sourcedId", "status", "dateLastModified", *columns]
        assert found[: len(defined)] == defined
        assert all(column.startswith("metadata.cn.") for column in found[len(defined) :])


def test_a_bulk_set_has_no_state_and_no_line_breaks_and_every_key_once(package):
    for name in COLUMNS:
        rows = package[name]
        assert rows
        assert len({row["sourcedId"] for row in rows}) == len(rows)
        for row in rows:
            assert GUID.fullmatch(row["sourcedId"])
            assert (row["status"], row["dateLastModified"]) == ("", "")
            assert None not in row
            assert not any("\n" in value for value in row.values())


def test_the_set_is_closed(package):
    keys = {name: {row["sourcedId"] for row in rows} for name, rows in package.items() if name != "manifest"}
    assert {row["orgSourcedId"] for row in package["courses"]} <= keys["orgs"]
    for row in package["classes"]:
        assert row["courseSourcedId"] in keys["courses"]
        assert row["schoolSourcedId"] in keys["orgs"]
        assert set(row["termSourcedIds"].split(",")) <= keys["academicSessions"]
    assert keys["demographics"] < keys["users"]
    assert {row["userSourcedId"] for row in package["roles"]} == keys["users"]
    for row in package["enrollments"]:
        assert row["classSourcedId"] in keys["classes"]
        assert row["userSourcedId"] in keys["users"]
    for row in package["users"]:
        assert {agent for agent in row["agentSourcedIds"].split(",") if agent} <= keys["users"]
        assert row["givenName"]
        assert row["familyName"]


def test_every_student_has_a_class_a_family_and_valid_numbers(package):
    users = {row["sourcedId"]: row for row in package["users"]}
    students = [row["userSourcedId"] for row in package["roles"] if row["role"] == "student"]
    born = {row["sourcedId"]: (row["birthDate"], row["sex"]) for row in package["demographics"]}
    in_class = {row["userSourcedId"] for row in package["enrollments"] if row["role"] == "student"}
    assert set(students) == set(born) == in_class
    for key in students:
        row = users[key]
        assert len(row["agentSourcedIds"].split(",")) == len(row["metadata.cn.relations"].split(","))
        read = citizen(row["metadata.cn.identityNumber"])
        assert isinstance(read, Citizen)
        assert (read.birth_on.isoformat(), read.sex) == born[key]
        assert registration(row["metadata.cn.registrationNumber"]) is None


def test_every_class_has_one_homeroom_teacher(package):
    leads = [row["classSourcedId"] for row in package["enrollments"] if row["role"] == "teacher" and row["primary"] == "true"]
    current = {row["sourcedId"] for row in package["classes"] if "sy2026-1" in row["termSourcedIds"]}
    assert len(leads) == len(set(leads))
    assert current <= set(leads)


def test_the_same_seed_gives_the_same_bytes(high_school_package, scale_package, tmp_path):
    again = tmp_path / "again.zip"
    write_package(again, [build_school("GP")[0], build_school("MS")[0]], DISTRICT)
    assert again.read_bytes() == high_school_package.read_bytes()
    assert write_scale_package(tmp_path, students=1000, schools=3)[0].read_bytes() == scale_package.read_bytes()


def test_the_large_package_has_all_its_students_and_distinct_numbers(scale_package):
    package = _read(scale_package)
    numbers = [row["metadata.cn.identityNumber"] for row in package["users"] if row["metadata.cn.identityNumber"]]
    assert len(numbers) == len(set(numbers)) == 1000
    assert len([row for row in package["orgs"] if row["type"] == "school"]) == 3
    assert len([row for row in package["roles"] if row["role"] == "parent"]) > 1500


def test_the_large_package_takes_no_more_memory_when_it_grows(tmp_path):
    peaks = []
    for students in (1_000, 5_000):
        tracemalloc.start()
        write_scale_package(tmp_path, students=students, schools=2)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # What grows with the package is the central directory of the archive alone, which has nine entries in both.
    assert peaks[1] < peaks[0] * 1.25
