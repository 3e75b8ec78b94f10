"""Schools written as OneRoster 1.2.1 CSV packages, row by row, so that a package of any size needs no more memory than one row."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from nuanyang.demo.people import ClassRoom, Guardian, Pupil, School, Staff

# The defined columns after sourcedId, status and dateLastModified, in the order of the 1.2.1 binding.
COLUMNS: dict[str, tuple[str, ...]] = {
    "orgs": ("name", "type", "identifier", "parentSourcedId"),
    "academicSessions": ("title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
    "courses": ("schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"),
    "classes": (
        *("title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId", "termSourcedIds"),
        *("subjects", "subjectCodes", "periods"),
    ),
    "users": (
        *("enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone"),
        *("agentSourcedIds", "grades", "password", "userMasterIdentifier", "preferredGivenName", "preferredMiddleName"),
        *("preferredFamilyName", "primaryOrgSourcedId", "pronouns"),
    ),
    "roles": ("userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"),
    "enrollments": ("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"),
    "demographics": (
        *("birthDate", "sex", "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander"),
        *("white", "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity", "countryOfBirthCode", "stateOfBirthAbbreviation"),
        *("cityOfBirth", "publicSchoolResidenceStatus"),
    ),
}
# What a Chinese school knows and the standard does not: to the right of the defined columns, as the standard wants extensions.
EXTENSIONS: dict[str, tuple[str, ...]] = {
    "users": (
        *("fullName", "relations", "registrationNumber", "identityKind", "identityNumber", "formerName", "studentNumber", "status"),
        *("enteredMonth", "address", "commuteKm", "leftBehind", "migrantChild", "onlyChild", "orphan", "healthStatus", "disability"),
        *("ethnicity", "householdKind", "boarding", "staffNumber", "sex", "occupation"),
    ),
    "classes": ("cohortYear", "number"),
    "enrollments": ("subject",),
}
ALL_FILES = (
    *("academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics", "enrollments"),
    *("lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds", "results"),
    *("resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources", "users"),
)
SOURCE_NAME = "暖阳示范区学籍系统"
# Zip members carry this moment, so the same seed gives the same bytes.
_STAMP = (2026, 9, 1, 8, 0, 0)
# Roles that the standard knows; the others go as extension tokens.
_ROLES = {
    "principal": "principal",
    "counsellor": "counselor",
    "admin": "siteAdministrator",
    "homeroom_teacher": "teacher",
    "subject_teacher": "teacher",
}
_RELATIVES = {"父亲": "parent", "母亲": "parent"}
# GB/T 4761 where it has a code of its own, else the word.
_RELATION_CODES = {"父亲": "51", "母亲": "52", "祖父": "61", "祖母": "62", "外祖父": "63", "外祖母": "64"}

Cells = Sequence[object]


def header(name: str) -> list[str]:
    """The header row of a file: identity, defined columns, extensions."""
    extensions = [f"metadata.cn.{extension}" for extension in EXTENSIONS.get(name, ())]
    return ["sourcedId", "status", "dateLastModified", *COLUMNS[name], *extensions]


class PackageWriter:
    """A package under construction, one file after the other; rows come without status and date in bulk, with them in a delta."""

    def __init__(self, path: Path, mode: str = "bulk", level: int = 3) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level)
        self._mode = mode
        self._written: dict[str, int] = {}

    @contextmanager
    def _member(self, name: str) -> Iterator[io.TextIOWrapper]:
        member = zipfile.ZipInfo(f"{name}.csv", _STAMP)
        member.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(member, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
            yield text

    def add(self, name: str, rows: Iterable[Cells]) -> int:
        """Write one file and answer its number of rows; a file that would have none is not written, as the standard wants."""
        iterator = iter(rows)
        first = next(iterator, None)
        if first is None:
            return 0
        columns = header(name)
        with self._member(name) as text:
            out = csv.writer(text)
            out.writerow(columns)
            count = 0
            for row in _chain(first, iterator):
                count += 1
                cells = [row[0], "", "", *row[1:]] if self._mode == "bulk" else list(row)
                out.writerow(cells + [""] * (len(columns) - len(cells)))
        self._written[name] = count
        return count

    def add_lines(self, name: str, columns: Sequence[str], chunks: Iterable[tuple[int, str]]) -> int:
        """Write one file from ready text: chunks of rows, each with the number of its rows."""
        count = 0
        with self._member(name) as text:
            text.write(",".join(columns) + "\r\n")
            for rows, chunk in chunks:
                text.write(chunk)
                count += rows
        self._written[name] = count
        return count

    def close(self) -> dict[str, int]:
        """Write the manifest and finish the file; answers the rows by file."""
        with self._member("manifest") as text:
            out = csv.writer(text)
            out.writerow(("propertyName", "value"))
            out.writerow(("manifest.version", "1.0"))
            out.writerow(("oneroster.version", "1.2"))
            out.writerows((f"file.{name}", self._mode if name in self._written else "absent") for name in ALL_FILES)
            out.writerow(("source.systemName", SOURCE_NAME))
            out.writerow(("source.systemCode", "NYDEMO"))
        self._zip.close()
        return dict(self._written)


def _chain(first: Cells, rest: Iterator[Cells]) -> Iterator[Cells]:
    yield first
    yield from rest


def write_package(path: Path, schools: Sequence[School], district: tuple[str, str, str]) -> dict[str, int]:
    """The bulk package of one or more schools of a district (key, code, name); answers the rows by file."""
    package = PackageWriter(path)
    package.add("orgs", org_rows(district, schools))
    package.add("academicSessions", session_rows(sorted({year for school in schools for year in school.years})))
    package.add("courses", (row for school in schools for row in course_rows(school)))
    package.add("classes", (class_row(school, room) for school in schools for room in school.classes))
    package.add("users", (row for school in schools for row in user_rows(school)))
    package.add("roles", (row for school in schools for row in role_rows(school)))
    package.add("enrollments", (row for school in schools for row in enrolment_rows(school)))
    package.add("demographics", (row for school in schools for row in demographic_rows(school)))
    return package.close()


def org_rows(district: tuple[str, str, str], schools: Iterable[School]) -> Iterator[Cells]:
    """The district, then its schools."""
    key, code, name = district
    yield (key, name, "district", code, "")
    for school in schools:
        yield (school.key, school.name, "school", school.code, key)


def session_rows(years: Iterable[int]) -> Iterator[Cells]:
    """学年 and its two terms; end dates are exclusive, and `schoolYear` is the year in which it ends."""
    for year in years:
        key = f"sy{year}"
        yield (key, f"{year}-{year + 1}学年", "schoolYear", date(year, 9, 1), date(year + 1, 9, 1), "", year + 1)
        yield (f"{key}-1", f"{year}-{year + 1}学年第一学期", "term", date(year, 9, 1), date(year + 1, 2, 1), key, year + 1)
        yield (f"{key}-2", f"{year}-{year + 1}学年第二学期", "term", date(year + 1, 2, 1), date(year + 1, 9, 1), key, year + 1)


def course_rows(school: School) -> Iterator[Cells]:
    """One course a grade and year: what an administrative class hangs on in OneRoster."""
    for year, grade in sorted({(room.year, room.grade) for room in school.classes}):
        yield (course_key(school, year, grade), f"sy{year}", "行政班", "HOMEROOM", f"{grade:02d}", school.key, "", "")


def course_key(school: School, year: int, grade: int) -> str:
    """The key of the course that the classes of a grade share."""
    return f"{school.key}-course-{year}-{grade:02d}"


def class_row(school: School, room: ClassRoom) -> Cells:
    """An administrative class, in both terms of its year."""
    terms = f"sy{room.year}-1,sy{room.year}-2"
    course = course_key(school, room.year, room.grade)
    code = f"{room.grade:02d}{room.number:02d}"
    return (
        room.key,
        room.title,
        f"{room.grade:02d}",
        course,
        code,
        "homeroom",
        "",
        school.key,
        terms,
        "",
        "",
        "",
        room.cohort,
        room.number,
    )


def user_rows(school: School) -> Iterator[Cells]:
    """Staff, then each student with the family."""
    for person in school.staff:
        yield staff_user_row(school, person)
    seen: set[str] = set()
    for pupil in school.pupils:
        yield pupil_user_row(school, pupil)
        for guardian in pupil.guardians:
            if guardian.key not in seen:
                seen.add(guardian.key)
                yield guardian_user_row(school, guardian)


def staff_user_row(school: School, person: Staff) -> Cells:
    """A teacher signs in by the key of the person."""
    name = person.name
    return (
        *(person.key, "true", person.key, "", name.given, name.family, "", person.key, "", "", person.phone, "", "", "", "", "", "", ""),
        *(school.key, "", name.full, *[""] * 19, person.key, person.sex, ""),
    )


def pupil_user_row(school: School, pupil: Pupil) -> Cells:
    """A student with the keys of the family; somebody on leave is known but not enabled."""
    name = pupil.name
    agents = ",".join(guardian.key for guardian in pupil.guardians)
    relations = ",".join(f"{_RELATION_CODES.get(one.relation, one.relation)}:{int(one.is_guardian)}" for one in pupil.guardians)
    return (
        *(pupil.key, "true" if pupil.status == "在读" else "false", pupil.key, "", name.given, name.family, "", pupil.key, "", ""),
        *(pupil.phone, agents, f"{pupil.grade:02d}", "", "", "", "", "", school.key, ""),
        *(name.full, relations, pupil.registration_number, "居民身份证" if pupil.identity_number else "", pupil.identity_number),
        *(pupil.previous_name, pupil.key.rsplit("-", 1)[-1], pupil.status, f"{pupil.entered_on:%Y%m}", pupil.address),
        *(f"{pupil.distance_km:g}", pupil.left_behind, int(pupil.is_migrant), int(pupil.is_only_child), int(pupil.is_orphan)),
        *(pupil.health, pupil.disability, pupil.ethnicity, pupil.household, pupil.boarding, "", "", ""),
    )


def guardian_user_row(school: School, guardian: Guardian) -> Cells:
    """A member of the family; how related to whom stands with the child."""
    name = guardian.name
    return (
        *(guardian.key, "true", guardian.key, "", name.given, name.family, "", "", "", "", guardian.phone, "", "", "", "", "", "", ""),
        *(school.key, "", name.full, *[""] * 21, guardian.occupation),
    )


def role_rows(school: School) -> Iterator[Cells]:
    """One primary role a person."""
    for person in school.staff:
        yield (f"{person.key}-role", person.key, "primary", _ROLES.get(person.role, f"ext:{person.role}"), "", "", school.key, "")
    seen: set[str] = set()
    for pupil in school.pupils:
        yield (f"{pupil.key}-role", pupil.key, "primary", "student", "", "", school.key, "")
        for guardian in pupil.guardians:
            if guardian.key not in seen:
                seen.add(guardian.key)
                role = _RELATIVES.get(guardian.relation, "guardian" if guardian.is_guardian else "relative")
                yield (f"{guardian.key}-role", guardian.key, "primary", role, "", "", school.key, "")


def enrolment_rows(school: School) -> Iterator[Cells]:
    """Teachers of a class (`primary` is the homeroom teacher), then its students."""
    for person in school.staff:
        for class_key in person.teaches:
            primary = "true" if class_key in person.homeroom else "false"
            yield (f"{person.key}-{class_key}", class_key, school.key, person.key, "teacher", primary, "", "", person.subject)
    for enrolment in school.enrolments:
        key = f"{enrolment.pupil_key}-{enrolment.class_key}"
        yield (key, enrolment.class_key, school.key, enrolment.pupil_key, "student", "", enrolment.begins_on or "", enrolment.ends_on or "")


def demographic_rows(school: School) -> Iterator[Cells]:
    """Birth and sex, apart from the rest as the standard keeps them."""
    for pupil in school.pupils:
        yield (pupil.key, pupil.born_on, pupil.sex, "", "true", "", "", "", "", "", "CN", "", "", "")
