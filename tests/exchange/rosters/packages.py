"""Small packages and sheets for the roster tests: one that is right, to be broken on purpose."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from nuanyang.exchange.rosters.reading.oneroster.layouts import LAYOUTS
from nuanyang.exchange.rosters.reading.reader import Options, Reading
from nuanyang.exchange.rosters.reading.records import Body, decoded

Table = list[list[str]]
OPTIONS = Options(label="名册.zip", today="2026-11-23", year_starts=2026, school_code="3201000001", last_grade=9)


def table(name: str, rows: list[dict[str, str]], version: str = "1.2", extensions: tuple[str, ...] = ()) -> Table:
    """A file with the whole header of its layout, rows given by column name."""
    header = [column.name for column in LAYOUTS[version][name]] + list(extensions)
    return [header, *[[row.get(column, "") for column in header] for row in rows]]


def column(files: Mapping[str, Table], name: str, title: str) -> int:
    """The place of a column in a file."""
    return files[name][0].index(title)


def right_package(version: str = "1.2", *, extensions: tuple[str, ...] = ()) -> dict[str, Table]:
    """Two classes of one school, two students with a parent, one teacher."""
    org = {"orgSourcedIds": "school", "enabledUser": "true"} if version == "1.1" else {"enabledUser": "true"}
    users = [
        {
            **org,
            "sourcedId": "s1",
            "username": "s1",
            "familyName": "张",
            "givenName": "晓明",
            "agentSourcedIds": "g1,g2",
            "role": "student",
        },
        {**org, "sourcedId": "s2", "username": "s2", "familyName": "欧阳", "givenName": "娜", "agentSourcedIds": "g1", "role": "student"},
        {**org, "sourcedId": "g1", "username": "g1", "familyName": "张", "givenName": "建国", "phone": "13800001111", "role": "parent"},
        {**org, "sourcedId": "g2", "username": "g2", "familyName": "李", "givenName": "秀英", "role": "relative"},
        {**org, "sourcedId": "t1", "username": "t1", "familyName": "王", "givenName": "老师", "identifier": "T001", "role": "teacher"},
    ]
    roles = [
        {
            "sourcedId": f"r-{user['sourcedId']}",
            "userSourcedId": user["sourcedId"],
            "roleType": "primary",
            "role": user["role"],
            "orgSourcedId": "school",
        }
        for user in users
    ]
    files = {
        "academicSessions": table(
            "academicSessions",
            [
                {
                    "sourcedId": "y26",
                    "title": "2026-2027学年",
                    "type": "schoolYear",
                    "startDate": "2026-09-01",
                    "endDate": "2027-09-01",
                    "schoolYear": "2027",
                },
                {
                    "sourcedId": "t26",
                    "title": "第一学期",
                    "type": "term",
                    "startDate": "2026-09-01",
                    "endDate": "2027-02-01",
                    "schoolYear": "2027",
                    "parentSourcedId": "y26",
                },
            ],
            version,
        ),
        "orgs": table("orgs", [{"sourcedId": "school", "name": "青山学校", "type": "school", "identifier": "3201000001"}], version),
        "courses": table("courses", [{"sourcedId": "c", "title": "行政班", "orgSourcedId": "school", "grades": "07"}], version),
        "classes": table(
            "classes",
            [
                {
                    "sourcedId": "k1",
                    "title": "七(1)班",
                    "grades": "07",
                    "courseSourcedId": "c",
                    "classType": "homeroom",
                    "schoolSourcedId": "school",
                    "termSourcedIds": "t26",
                },
                {
                    "sourcedId": "k2",
                    "title": "七(2)班",
                    "grades": "07",
                    "courseSourcedId": "c",
                    "classType": "homeroom",
                    "schoolSourcedId": "school",
                    "termSourcedIds": "t26",
                },
            ],
            version,
        ),
        "users": table("users", users, version, extensions),
        "enrollments": table(
            "enrollments",
            [
                {"sourcedId": "e1", "classSourcedId": "k1", "schoolSourcedId": "school", "userSourcedId": "s1", "role": "student"},
                {"sourcedId": "e2", "classSourcedId": "k2", "schoolSourcedId": "school", "userSourcedId": "s2", "role": "student"},
                {
                    "sourcedId": "e3",
                    "classSourcedId": "k1",
                    "schoolSourcedId": "school",
                    "userSourcedId": "t1",
                    "role": "teacher",
                    "primary": "true",
                },
            ],
            version,
        ),
        "demographics": table(
            "demographics",
            [
                {"sourcedId": "s1", "birthDate": "2014-03-05", "sex": "male"},
                {"sourcedId": "s2", "birthDate": "2014-07-01", "sex": "female"},
            ],
            version,
        ),
    }
    if version == "1.2":
        files["roles"] = table("roles", roles)
    return files


def manifest(files: Mapping[str, Table], version: str = "1.2", mode: str = "bulk") -> Table:
    """The manifest that tells the truth about these files."""
    rows = [["propertyName", "value"], ["manifest.version", "1.0"], ["oneroster.version", version]]
    rows += [[f"file.{name}", mode if name in files else "absent"] for name in sorted(LAYOUTS[version])]
    return [*rows, ["source.systemName", "测试系统"], ["source.systemCode", "test"]]


def text_of(rows: Table) -> str:
    """CSV as the standard wants it."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def write_zip(
    path: Path,
    files: Mapping[str, Table],
    *,
    version: str = "1.2",
    mode: str = "bulk",
    raw: Mapping[str, bytes] | None = None,
    listed: Table | None = None,
) -> Path:
    """Write a package; `raw` members are put in as they are, over those of the same name."""
    members = {"manifest.csv": text_of(listed or manifest(files, version, mode)).encode()}
    members |= {f"{name}.csv": text_of(rows).encode() for name, rows in files.items()}
    members |= raw or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(path: Path, options: Options = OPTIONS) -> tuple[Reading, list[tuple[str, str, Body]]]:
    """Check a file and, when nothing is wrong, take its records."""
    with Reading(path, options) as reading:
        reading.check()
        if reading.findings.errors:
            reading.finish_checking()
            return reading, []
        records = [(item.kind, item.key, decoded(item.kind, item.body)) for item in reading.items() if item.body]
    return reading, [] if reading.findings.errors else records


def told(reading: Reading, severity: str = "error") -> list[tuple[str, str, int | None, str | None]]:
    """What was found: code, file, line, column."""
    return [(f.code, f.file, f.line, f.column) for f in reading.findings if f.severity == severity]
