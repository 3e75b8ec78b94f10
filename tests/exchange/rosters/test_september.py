"""The September package whole: everybody of last year's roster, and what became of each, by both doors."""

from collections import Counter

import pytest

from nuanyang.demo.packages import write_package
from nuanyang.demo.september import DISTRICT, build_september
from nuanyang.demo.sheets import write_student_register

pytestmark = pytest.mark.slow


@pytest.fixture(params=["package", "sheet"])
async def september(request, tmp_path, importer, world):
    """The story told in the test's own school, last year brought in and then this September."""
    story = build_september()
    code = await importer.value("select code from schools where id = :id", id=world.school_id)
    for school in (story.before, story.after):
        school.code = code
    is_sheet = request.param == "sheet"
    paths = []
    for number, school in enumerate((story.before, story.after)):
        path = tmp_path / f"{number}.{'xlsx' if is_sheet else 'zip'}"
        if is_sheet:
            write_student_register(path, school)
        else:
            write_package(path, [school], DISTRICT)
        paths.append(path)
    first = await importer.bring(paths[0], year_starts=story.before.year)
    assert first.state == "applied", [(f.code, f.line, f.column_name, f.value, f.params) for f in await importer.findings(first)][:5]
    second = await importer.bring(paths[1], year_starts=story.after.year)
    assert second.state == "applied", [(f.code, f.line, f.column_name, f.value, f.params) for f in await importer.findings(second)][:5]
    return request.param, story, paths, second


STATUS = {
    "graduated": "graduated",
    "transferred_out": "transferred_out",
    "suspended": "suspended",
    "whereabouts_unverified": "whereabouts_unverified",
}
REASON = {
    "promoted": {"promotion"},
    "placed": {"placement"},
    "merged_class": {"class_merge", "promotion"},
    "repeated": {"repeat"},
    "returned": {"return"},
    "entered": {"placement"},
    "transferred_in": {"transfer_in", "placement"},
}


async def test_everybody_is_where_the_story_says(september, importer):
    _, story, _, _ = september
    names = Counter(one.name for one in story.happenings)
    students = await importer.rows(
        """select s.name, s.status, c.name, (select e.start_reason from enrolments e where e.student_id = s.id and e.ends_on is null), s.id
           from students s left join classes c on c.id = s.class_id where s.status <> 'merged'"""
    )
    by_name: dict[str, list] = {}
    for student in students:
        by_name.setdefault(student[0], []).append(student)
    wrong = []
    for one in story.happenings:
        if names[one.name] > 1:
            continue
        found = by_name.get(one.name, [])
        expected = STATUS.get(one.kind, "enrolled")
        if len(found) != 1 or found[0][1] != expected or (one.kind in REASON and found[0][3] not in REASON[one.kind]):
            wrong.append((one, found))
    assert wrong == []
    assert len(students) == len(story.happenings)


async def test_the_same_file_again_changes_nothing(september, importer):
    _, _, paths, _ = september
    before = await importer.rows("select * from students order by id"), await importer.rows("select * from enrolments order by id")
    row = await importer.bring(paths[1], year_starts=2026, compares_all=True)
    assert row.state == "applied"
    assert set(row.counts["student"]) == {"unchanged"}
    assert (
        await importer.rows("select * from students order by id"),
        await importer.rows("select * from enrolments order by id"),
    ) == before


async def test_graduates_do_not_make_it_ask_again(september):
    _, story, _, row = september
    assert row.counts["student"]["graduated"] == len(story.of_kind("graduated"))
    assert not row.needs_confirmation
