"""Microsoft School Data Sync v2.1: like OneRoster, without a manifest. Its meaning is taken, each difference from the standard is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nuanyang.exchange.rosters.reading.archive import Files
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.chinese import RELATIONS
from nuanyang.exchange.rosters.reading.oneroster.fields import is_date
from nuanyang.exchange.rosters.reading.oneroster.loading import INDEXED, SEPARATOR, Loaded, open_database
from nuanyang.exchange.rosters.reading.records import Package
from nuanyang.exchange.rosters.reading.text import Rows, first_bad_line

# By file: our column for theirs. A file or column that is not here is told and left.
_COLUMNS: dict[str, dict[str, str]] = {
    "academicSessions": {name: name for name in ("sourcedId", "title", "type", "schoolYear", "startDate", "endDate")},
    "orgs": {name: name for name in ("sourcedId", "name", "type", "parentSourcedId")},
    "courses": {
        "sourcedId": "sourcedId",
        "orgSourcedId": "orgSourcedId",
        "title": "title",
        "code": "courseCode",
        "schoolYearSourcedId": "schoolYearSourcedId",
        "subject": "subjectCodes",
        "grade": "grades",
    },
    "classes": {
        "sourcedId": "sourcedId",
        "orgSourcedId": "schoolSourcedId",
        "title": "title",
        "sessionSourcedIds": "termSourcedIds",
        "courseSourcedId": "courseSourcedId",
    },
    "users": {name: name for name in ("sourcedId", "username", "givenName", "familyName", "password", "email", "phone", "sms")},
    "roles": {
        "userSourcedId": "userSourcedId",
        "orgSourcedId": "orgSourcedId",
        "role": "role",
        "isPrimary": "roleType",
        "roleStartDate": "beginDate",
        "roleEndDate": "endDate",
        "grade": "grades",
    },
    "enrollments": {"classSourcedId": "classSourcedId", "userSourcedId": "userSourcedId", "role": "role"},
    "demographics": {"userSourcedId": "sourcedId", "sex": "sex", "birthDate": "birthDate"},
    "relationships": {name: name for name in ("userSourcedId", "relationshipUserSourcedId", "relationshipRole")},
}
_STANDARD_FILES = tuple(INDEXED)
_NEEDED = ("orgs", "users", "roles")
# Values the standard does not have, and what they are taken for.
_ROLES = {"professor": "teacher", "faculty": "teacher", "staff": "aide", "substitute": "teacher", "ta": "aide"}
_SCHOOLS = {"college", "university", "campus", "primarySchool", "middleSchool", "highSchool"}
_KNOWN_ORGS = {"school", "department", "district", "local", "state", "national"}
_KNOWN_ROLES = {"student", "teacher", "guardian", "parent", "relative", "aide", "principal", "counselor", "administrator"}
_VENDOR = "Microsoft School Data Sync v2.1"


def is_sds(files: Files) -> bool:
    """No manifest, and a roles.csv that names a session: the mark of this dialect."""
    if "manifest.csv" in files.sizes or not {"users.csv", "roles.csv", "orgs.csv"} <= set(files.sizes):
        return False
    with files.open("roles.csv") as stream:
        head = stream.read(400).split(b"\n")[0]
    return b"isPrimary" in head or b"sessionSourcedId" in head


def load_sds(files: Files, findings: Findings, progress: Callable[[float], None]) -> tuple[Package, Loaded] | None:
    """Load it into the same tables as a package of the standard."""
    findings.add("dialect", files.label, severity="warning", vendor=_VENDOR)
    findings.add("dialect_missing", "manifest.csv", severity="warning", taken="按全量读取")
    loaded = Loaded(open_database())
    relations: list[list[str]] = []
    for done, given in enumerate(sorted(files.sizes)):
        name = given.removesuffix(".csv")
        if name not in _COLUMNS:
            findings.add("dialect_file", given, severity="warning", taken="未导入")
        elif name == "relationships":
            findings.add("dialect_file", given, severity="warning", taken="按监护关系（agentSourcedIds）导入")
            relations = [row for _, row in _rows(files, name, findings, loaded)]
        else:
            _load(files, name, findings, loaded)
        progress((done + 1) / len(files.sizes))
    for name in _NEEDED:
        if not loaded.rows.get(name):
            findings.add("needed_file", f"{name}.csv", name=f"{name}.csv", because="roles.csv")
    _relate(loaded, relations)
    return Package("sds", "2.1", "bulk", "sds", dict(loaded.rows)), loaded


def _rows(files: Files, name: str, findings: Findings, loaded: Loaded) -> Iterator[tuple[int, list[str]]]:
    """Rows in the order of our columns of this file."""
    file, columns = f"{name}.csv", _COLUMNS[name]
    with files.open(file) as stream:
        if (line := first_bad_line(stream, "utf-8")) is not None:
            findings.add("not_utf8", file, line)
            return
    with files.open(file) as stream, Rows(stream, "utf-8-sig", file, findings) as text:
        rows = iter(text)
        text.names = header = next(rows, (0, list[str]()))[1]
        _tell_header(name, header, findings)
        places = [header.index(theirs) if theirs in header else None for theirs in columns]
        count = 0
        for line, row in rows:
            if len(row) != len(header):
                findings.add("wrong_cell_count", file, line, found=len(row), expected=len(header))
                continue
            count += 1
            yield line, [row[at] if at is not None else "" for at in places]
        loaded.rows[name] = count


def _tell_header(name: str, header: list[str], findings: Findings) -> None:
    columns = _COLUMNS[name]
    for given in header:
        if given not in columns:
            findings.add("dialect_column", f"{name}.csv", 1, given, severity="warning", taken="未导入")
        elif columns[given] != given:
            findings.add("dialect_column", f"{name}.csv", 1, given, severity="warning", taken=f"按 {columns[given]} 读取")
    for theirs in columns:
        if theirs not in header:
            findings.add("missing_column", f"{name}.csv", 1, theirs)
    if "status" not in header:
        findings.add("dialect_missing", f"{name}.csv", 1, "status, dateLastModified", severity="warning", taken="按全量读取")


def _load(files: Files, name: str, findings: Findings, loaded: Loaded) -> None:
    ours = list(_COLUMNS[name].values())
    extra = {"classes": ["classType"], "enrollments": ["schoolSourcedId"]}.get(name, [])
    columns = {column: place for place, column in enumerate(["sourcedId", *(c for c in ours if c != "sourcedId"), *extra])}
    loaded.columns[name], loaded.bulk[name] = columns, True
    marks = ",".join("?" * (len(INDEXED[name]) + 4))
    made = []
    for line, row in _rows(files, name, findings, loaded):
        values = dict(zip(ours, row, strict=True)) | dict.fromkeys(extra, "")
        values.setdefault("sourcedId", f"{name}:{line}")
        _translate(name, values, line, findings)
        whole = SEPARATOR.join(values.get(column, "") for column in columns)
        made.append((values["sourcedId"], line, "", *[values.get(column, "") for column in INDEXED[name]], whole))
    loaded.database.executemany(f'insert into "{name}" values ({marks})', made)  # noqa: S608


def _translate(name: str, values: dict[str, str], line: int, findings: Findings) -> None:
    """Put a vendor's values into the standard's words, telling each."""
    file = f"{name}.csv"

    def told(column: str, taken: str) -> None:
        findings.add("dialect_value", file, line, column, values[column], "warning", taken=taken)

    match name:
        case "orgs" if values["type"] in _SCHOOLS:
            told("type", "按 school 导入")
            values["type"] = "school"
        case "orgs" if values["type"] not in _KNOWN_ORGS:
            told("type", "只用于查找上级")
        case "classes":
            values["classType"] = "scheduled"
        case "roles":
            if values["roleType"] not in {"true", "false"}:
                findings.add("dialect_value", file, line, "isPrimary", values["roleType"], "warning", taken="应为小写 true / false")
            values["roleType"] = "primary" if values["roleType"].lower() == "true" else "secondary"
            _translate_role(values, told)
            values["endDate"] = ""  # a school year of the sample lies in the past; the set is the reference
        case "enrollments":
            _translate_role(values, told)
        case "demographics" if values["birthDate"] and not is_date(values["birthDate"]):
            findings.add("bad_date", file, line, "birthDate", values["birthDate"])
            values["birthDate"] = ""
        case _:
            pass


def _translate_role(values: dict[str, str], told: Callable[[str, str], None]) -> None:
    if values["role"] in _ROLES:
        told("role", f"按 {_ROLES[values['role']]} 导入")
        values["role"] = _ROLES[values["role"]]
    elif values["role"] not in _KNOWN_ROLES:
        told("role", "未导入")


def _relate(loaded: Loaded, relations: list[list[str]]) -> None:
    """relationships.csv becomes the students' agentSourcedIds."""
    columns = loaded.columns.get("users")
    if columns is None:
        return
    agents: dict[str, list[tuple[str, str]]] = {}
    for student, person, role in relations:
        # The standard says what somebody is to whom nowhere; our own extension column does.
        agents.setdefault(student, []).append((person, f"{role}:{int(role != 'relative')}"))
    columns["agentSourcedIds"], columns[RELATIONS] = len(columns), len(columns) + 1
    found = loaded.database.execute("select rowid, id, row from users").fetchall()
    changed = []
    for rowid, key, row in found:
        mine = agents.get(key, [])
        persons, roles = ",".join(person for person, _ in mine), ",".join(role for _, role in mine)
        changed.append((persons, SEPARATOR.join((row, persons, roles)), rowid))
    loaded.database.executemany('update users set "agentSourcedIds" = ?, row = ? where rowid = ?', changed)
