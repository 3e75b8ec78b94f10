"""Every roster file of the demo passes the project's own reader without an error."""

from collections import Counter
from pathlib import Path

import pytest

from nuanyang.demo.district import DemoSchool, demo_schools
from nuanyang.demo.scale import write_scale_package
from nuanyang.demo.september import build_september
from nuanyang.exchange.rosters.reading.reader import Options, Reading

# A reading of a sheet leaves its spool to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def schools() -> dict[str, DemoSchool]:
    return {one.school.key: one for one in demo_schools()}


def _kinds(path: Path, year: int) -> Counter[str]:
    reading = Reading(path, Options(path.name, f"{year}-11-23", year))
    try:
        reading.check()
        kinds = Counter(item.kind for item in reading.items())
        assert reading.findings.errors == 0, [finding.reason("en") for finding in reading.findings][:5]
        return kinds
    finally:
        reading.close()


@pytest.mark.parametrize("key", ["gp", "ms"])
def test_both_years_packages_of_a_high_school_are_read_whole(schools, tmp_path, key):
    school = schools[key].school
    for year in school.years:
        (path,) = schools[key].write_roster(tmp_path, year)
        kinds = _kinds(path, year)
        expected = school.in_year(year)
        assert kinds["student"] == len(expected.pupils)
        assert kinds["class"] == len(expected.classes)
        assert kinds["guardian"] == len({guardian.key for pupil in expected.pupils for guardian in pupil.guardians})
        assert kinds["class_staff"] == sum(len(person.homeroom) + len(person.teaches) for person in expected.staff)


def test_the_nine_year_school_comes_by_both_doors(schools, tmp_path):
    package, register = schools["xy"].write_roster(tmp_path, 2026)
    by_package, by_sheet = _kinds(package, 2026), _kinds(register, 2026)
    assert (by_package["student"], by_package["class"], by_package["staff"]) == (0, 62, len(schools["xy"].school.staff))
    assert (by_sheet["student"], by_sheet["class"]) == (3000, 62)


def test_september_is_read_in_both_forms(tmp_path):
    paths = build_september().write(tmp_path)
    assert _kinds(paths["package_before"], 2025)["student"] == _kinds(paths["sheet_before"], 2025)["student"] == 115
    assert _kinds(paths["package_after"], 2026)["student"] == _kinds(paths["sheet_after"], 2026)["student"] == 114


def test_the_large_package_is_read_whole(tmp_path):
    path, rows = write_scale_package(tmp_path, students=2_000, schools=4)
    kinds = _kinds(path, 2026)
    assert (kinds["student"], kinds["school"]) == (2_000, 4)
    assert kinds["student"] + kinds["guardian"] + kinds["staff"] == rows["users"]
