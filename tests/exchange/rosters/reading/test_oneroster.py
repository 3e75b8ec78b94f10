"""OneRoster packages: what a right one becomes, and what every kind of broken one is told."""

import time
import zipfile
from pathlib import Path

import pytest

from nuanyang.exchange.rosters.reading.reader import Reading
from nuanyang.exchange.rosters.reading.records import UNCHANGED, ClassStaff, Guardian, Relation, SchoolClass, SchoolYear, Student
from tests.exchange.rosters.packages import OPTIONS, manifest, read, right_package, table, text_of, told, write_zip


def place(files, name, column):
    return files[name][0].index(column)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_right_package_becomes_one_stream_of_records(tmp_path, version):
    reading, records = read(write_zip(tmp_path / "p.zip", right_package(version), version=version))
    assert told(reading) == []
    assert reading.package.version == version
    assert reading.package.mode == "bulk"
    assert reading.package.source == "oneroster:test"
    kinds = [kind for kind, _, _ in records]
    assert kinds == [
        "school",
        "school_year",
        "term",
        "class",
        "class",
        "staff",
        "class_staff",
        "guardian",
        "guardian",
        "student",
        "student",
    ]
    by_key = {key: body for _, key, body in records}
    assert by_key["y26"] == SchoolYear("2026-2027", "2026-09-01", "2027-08-31")  # the last day is inclusive here, exclusive there
    assert by_key["k1"] == SchoolClass("y26", 7, 1, "七(1)班", 2026)
    assert by_key["g1"] == Guardian("张建国", None, "13800001111", None, None, None)
    student = by_key["s1"]
    assert isinstance(student, Student)
    assert (student.name, student.sex, student.birth_on, student.class_key, student.grade) == ("张晓明", "male", "2014-03-05", "k1", 7)
    assert student.guardians == (Relation("g1", "parent", None, True, 1), Relation("g2", "other_relative", None, False, 2))
    assert ClassStaff("k1", "t1", "homeroom_teacher", None) in by_key.values()


def test_the_chinese_extension_columns_are_read(tmp_path):
    extensions = (
        "metadata.cn.fullName",
        "metadata.cn.registrationNumber",
        "metadata.cn.identityNumber",
        "metadata.cn.leftBehind",
        "metadata.cn.relations",
        "metadata.cn.minimumLivingAllowance",
    )
    files = right_package(extensions=extensions)
    files["users"][1][-6:] = ["张小明", "G11010519491231002X", "11010519491231002X", "1-单亲留守儿童", "51:1,62:0", "是"]
    reading, records = read(write_zip(tmp_path / "p.zip", files))
    assert told(reading) == []
    student = next(body for _, key, body in records if key == "s1")
    assert student.name == "张小明"
    assert student.identity.registration_number == "G11010519491231002X"
    assert student.family.left_behind == 1
    assert student.economy.special_groups == "minimum_living_allowance"
    assert [(r.relation, r.is_guardian) for r in student.guardians] == [("father", True), ("grandmother", False)]


def test_all_errors_are_told_at_once(tmp_path):
    files = right_package(extensions=("metadata.cn.identityNumber", "metadata.cn.leftBehind"))
    files["users"][1][-2:] = ["990102201403050010", "9-不详"]
    files["users"][2][place(files, "users", "enabledUser")] = "TRUE"
    files["academicSessions"][1][place(files, "academicSessions", "schoolYear")] = "二〇二七"
    files["enrollments"][1][place(files, "enrollments", "classSourcedId")] = "k9"
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert {f.code for f in reading.findings if f.severity == "error"} == {
        "bad_identity_number",
        "bad_code",
        "bad_boolean",
        "bad_year",
        "dangling_reference",
    }


def test_both_orders_of_users_are_accepted(tmp_path):
    files = right_package()
    at = place(files, "users", "preferredGivenName")
    files["users"] = [[*row[:at], "resourceSourcedIds" if not number else "", *row[at:]] for number, row in enumerate(files["users"])]
    reading, records = read(write_zip(tmp_path / "p.zip", files))
    assert told(reading) == []
    assert len(records) == 11


def test_a_byte_order_mark_is_tolerated(tmp_path):
    files = right_package()
    raw = {"orgs.csv": b"\xef\xbb\xbf" + text_of(files["orgs"]).encode()}
    reading, records = read(write_zip(tmp_path / "p.zip", files, raw=raw))
    assert told(reading) == []
    assert len(records) == 11


def test_gbk_is_refused_with_file_and_line(tmp_path):
    files = right_package()
    reading, _ = read(write_zip(tmp_path / "p.zip", files, raw={"users.csv": text_of(files["users"]).encode("gbk")}))
    assert ("not_utf8", "users.csv", 2, None) in told(reading)


def test_wrong_column_order_is_told_with_the_column(tmp_path):
    files = right_package()
    for row in files["orgs"]:
        row[3], row[4] = row[4], row[3]
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert ("wrong_column_order", "orgs.csv", 1, "type") in told(reading)


@pytest.mark.parametrize(
    ("file", "column", "value", "code"),
    [
        ("users", "enabledUser", "TRUE", "bad_boolean"),
        ("users", "familyName", "", "required"),
        ("users", "givenName", "——", "short_name"),
        ("users", "sourcedId", "a b", "bad_guid"),
        ("demographics", "birthDate", "2014-02-30", "bad_date"),
        ("demographics", "birthDate", "20140305", "bad_date"),
        ("demographics", "sex", "男", "bad_token"),
        ("classes", "classType", "Homeroom", "bad_token"),
        ("classes", "grades", "13", "bad_grade"),
        ("academicSessions", "schoolYear", "26", "bad_year"),
        ("roles", "role", "pupil", "bad_token"),
        ("enrollments", "primary", "yes", "bad_boolean"),
        ("orgs", "dateLastModified", "2026-09-01T00:00:00.000Z", "must_be_empty"),
        ("users", "username", "a\x00b", "control_character"),
    ],
)
def test_a_wrong_value_is_told_with_file_line_and_column(tmp_path, file, column, value, code):
    files = right_package()
    files[file][-1][place(files, file, column)] = value
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    line = len(files[file])
    assert (code, f"{file}.csv", line, column) in told(reading)


def test_the_same_wrong_value_in_the_first_row_is_told_too(tmp_path):
    files = right_package()
    files["users"][1][place(files, "users", "enabledUser")] = "TRUE"
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert told(reading) == [("bad_boolean", "users.csv", 2, "enabledUser")]


@pytest.mark.parametrize(
    ("file", "column", "value", "kind"),
    [
        ("enrollments", "classSourcedId", "nowhere", "classes"),
        ("enrollments", "userSourcedId", "nobody", "users"),
        ("roles", "orgSourcedId", "nowhere", "orgs"),
        ("users", "agentSourcedIds", "g1,nobody", "users"),
        ("classes", "termSourcedIds", "never", "academicSessions"),
        ("classes", "courseSourcedId", "none", "courses"),
        ("demographics", "sourcedId", "nobody", "users"),
    ],
)
def test_a_dangling_reference_is_told(tmp_path, file, column, value, kind):
    files = right_package()
    files[file][2][place(files, file, column)] = value
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert ("dangling_reference", f"{file}.csv", 3, column) in told(reading)
    assert any(f.params == {"kind": kind} for f in reading.findings if f.code == "dangling_reference")


def test_a_duplicate_id_names_the_first_line(tmp_path):
    files = right_package()
    files["users"].append(list(files["users"][1]))
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    found = next(f for f in reading.findings if f.code == "duplicate_id")
    assert (found.file, found.line, found.value, found.params["first"]) == ("users.csv", 7, "s1", "2")
    assert "第 2 行" in found.reason("zh")
    assert "line 2" in found.reason("en")


def test_a_line_break_in_a_field_is_told_and_the_rest_still_read(tmp_path):
    files = right_package()
    files["users"][1][place(files, "users", "username")] = "s\n1"
    files["users"][3][place(files, "users", "enabledUser")] = "True"
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert ("line_break", "users.csv", 2, "username") in told(reading)
    assert ("bad_boolean", "users.csv", 5, "enabledUser") in told(reading)  # one line lower, for the break


def test_a_cell_of_ten_megabytes_is_refused_in_a_moment(tmp_path):
    files = right_package()
    raw = text_of(files["users"]).replace("晓明", "明" * 10_000_000).encode()
    started = time.monotonic()
    reading, _ = read(write_zip(tmp_path / "p.zip", files, raw={"users.csv": raw}))
    assert time.monotonic() - started < 5
    assert told(reading)[0] == ("bomb", "users.csv", None, None) or ("cell_too_long", "users.csv", 2, "givenName") in told(reading)


def test_a_long_cell_that_does_not_compress_names_its_column(tmp_path):
    files = right_package()
    long = "".join(chr(0x4E00 + (i * 7919) % 20000) for i in range(400_000))
    reading, _ = read(write_zip(tmp_path / "p.zip", files, raw={"users.csv": text_of(files["users"]).replace("晓明", long).encode()}))
    assert ("cell_too_long", "users.csv", 2, "givenName") in told(reading)
    assert all(len(f.value or "") < 70 for f in reading.findings)


def test_unbalanced_quotes_stop_at_the_line(tmp_path):
    files = right_package()
    raw = text_of(files["users"]).replace("晓明", '"晓明').encode()
    reading, _ = read(write_zip(tmp_path / "p.zip", files, raw={"users.csv": raw}))
    assert ("bad_quotes", "users.csv", 2, None) in told(reading)


def test_missing_and_undeclared_files_are_told(tmp_path):
    files = right_package()
    listed = manifest(files)
    without = {name: rows for name, rows in files.items() if name != "demographics"}
    reading, _ = read(write_zip(tmp_path / "p.zip", without, listed=listed))
    assert ("missing_file", "manifest.csv", None, "file.demographics") in told(reading)
    reading, _ = read(write_zip(tmp_path / "q.zip", files, listed=manifest(without)))
    assert ("undeclared_file", "manifest.csv", None, "file.demographics") in told(reading)


def test_a_bulk_set_must_be_closed(tmp_path):
    files = {name: rows for name, rows in right_package().items() if name not in {"courses", "roles"}}
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert {f.file for f in reading.findings if f.code == "needed_file"} == {"courses.csv", "roles.csv"}


def test_a_package_of_1_0_gets_a_clear_answer(tmp_path):
    path = tmp_path / "old.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("orgs", "users", "courses", "classes", "enrollments", "academicSessions", "demographics"):
            archive.writestr(f"{name}.csv", "sourcedId,status,dateLastModified\n")
    reading, _ = read(path)
    assert [f.code for f in reading.findings] == ["oneroster_1_0"]


@pytest.mark.parametrize("version", ["1.0", "2.0", ""])
def test_other_versions_are_refused(tmp_path, version):
    files = right_package()
    listed = [[name, version if name == "oneroster.version" else value] for name, value in manifest(files)]
    reading, _ = read(write_zip(tmp_path / "p.zip", files, listed=listed))
    assert [f.code for f in reading.findings] == ["unsupported_version"]


def test_every_file_property_must_be_there(tmp_path):
    files = right_package()
    listed = [row for row in manifest(files) if row[0] != "file.results"]
    reading, _ = read(write_zip(tmp_path / "p.zip", files, listed=listed))
    found = next(f for f in reading.findings if f.code == "missing_property")
    assert found.params["name"] == "file.results"


def test_only_a_manifest_means_no_updates(tmp_path):
    reading, records = read(write_zip(tmp_path / "p.zip", {}))
    assert [f.code for f in reading.findings] == ["no_updates"]
    assert records == []


def delta(files):
    for rows in files.values():
        for row in rows[1:]:
            row[1], row[2] = "active", "2026-10-01T08:00:00.000Z"
    return files


def test_a_delta_withdraws_what_is_to_be_deleted(tmp_path):
    files = delta({name: rows for name, rows in right_package().items() if name in {"users", "roles", "orgs"}})
    files["users"][1][1] = "tobedeleted"
    reading, items = marked(write_zip(tmp_path / "p.zip", files, mode="delta"))
    assert told(reading) == []
    assert reading.package.mode == "delta"
    assert items["s1"].body == b""
    assert items["s2"].body


def test_where_manifest_and_data_disagree_the_data_win(tmp_path):
    reading, _ = read(write_zip(tmp_path / "p.zip", delta(right_package())))
    assert reading.package.mode == "delta"
    assert {f.code for f in reading.findings} == {"mode_conflict"}


def test_a_delta_row_without_its_date_is_told(tmp_path):
    files = delta(right_package())
    files["orgs"].append([*files["orgs"][1]])
    files["orgs"][2][0], files["orgs"][2][2] = "school2", ""
    reading, _ = read(write_zip(tmp_path / "p.zip", files, mode="delta"))
    assert ("delta_required", "orgs.csv", 3, "dateLastModified") in told(reading)


def test_a_file_without_rows_is_not_permitted(tmp_path):
    files = right_package()
    files["demographics"] = files["demographics"][:1]
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert ("no_rows", "demographics.csv", 1, None) in told(reading)


def test_two_homerooms_of_one_year_are_remarked_upon(tmp_path):
    files = right_package()
    files["enrollments"].append([*files["enrollments"][1]])
    files["enrollments"][-1][0], files["enrollments"][-1][place(files, "enrollments", "classSourcedId")] = "e9", "k2"
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert [f.code for f in reading.findings] == ["two_homerooms"]


def test_last_years_class_does_not_beat_this_years(tmp_path):
    files = right_package()
    sessions = files["academicSessions"]
    sessions.append(
        [{"y26": "y25", "2026-09-01": "2025-09-01", "2027-09-01": "2026-09-01", "2027": "2026"}.get(cell, cell) for cell in sessions[1]]
    )
    files["classes"].append([{"k1": "k0", "t26": "y25", "07": "06", "七(1)班": "六(1)班"}.get(cell, cell) for cell in files["classes"][1]])
    files["enrollments"].insert(1, [{"e1": "e0", "k1": "k0"}.get(cell, cell) for cell in files["enrollments"][1]])
    reading, records = read(write_zip(tmp_path / "p.zip", files))
    assert told(reading) == []
    assert next(body for _, key, body in records if key == "s1").class_key == "k1"


def marked(path, ask=lambda _: {}):
    with Reading(path, OPTIONS) as reading:
        reading.check()
        return reading, {item.key: item for item in reading.items(ask)}


def test_what_is_known_is_passed_on_unread(tmp_path):
    path = write_zip(tmp_path / "p.zip", right_package())
    known: dict[str, dict[str, bytes]] = {}
    for item in marked(path)[1].values():
        known.setdefault(item.kind, {})[item.key] = item.mark
    _, again = marked(path, lambda _: known)
    assert again["s1"].body == again["g2"].body == UNCHANGED
    changed = right_package()
    changed["users"][1][place(changed, "users", "givenName")] = "晓鸣"
    _, third = marked(write_zip(tmp_path / "q.zip", changed), lambda _: known)
    assert [key for key, item in third.items() if item.kind in {"student", "guardian"} and item.body != UNCHANGED] == ["s1"]


def test_a_school_that_is_not_wanted_is_left_out(tmp_path):
    assert marked(write_zip(tmp_path / "p.zip", right_package()), lambda _: None)[1] == {}


def test_the_gradebook_is_checked_but_not_taken(tmp_path):
    files = right_package()
    files["categories"] = table("categories", [{"sourcedId": "q", "title": "考试", "weight": "half"}])
    reading, _ = read(write_zip(tmp_path / "p.zip", files))
    assert ("bad_number", "categories.csv", 2, "weight") in told(reading)
    assert ("not_taken", "categories.csv", None, None) in told(reading, "note")


def test_another_vendors_dialect_is_taken_and_each_difference_told(data_folder):
    reading, records = read(data_folder / "oneroster-ms-sds-v21")
    assert told(reading) == []
    assert reading.package.form == "sds"
    names = {body.name for kind, _, body in records if kind == "student"}
    assert names == {"Jack Craig", "Fred Hutch", "Alice Smithee", "Simon Miller"}
    relations = {body.name: [r.guardian_key for r in body.guardians] for kind, _, body in records if kind == "student"}
    assert relations["Jack Craig"] == ["114002"]
    told_of = told(reading, "warning")
    assert ("dialect_value", "roles.csv", 2, "isPrimary") in told_of  # TRUE
    assert ("dialect_value", "enrollments.csv", 3, "role") in told_of  # professor
    assert ("dialect_value", "orgs.csv", 2, "type") in told_of  # college
    assert ("dialect_file", "userFlags.csv", None, None) in told_of
    assert all("{" not in f.reason(language) for f in reading.findings for language in ("zh", "en"))


@pytest.fixture
def data_folder() -> Path:
    return Path(__file__).parents[3] / "data" / "rosters"
