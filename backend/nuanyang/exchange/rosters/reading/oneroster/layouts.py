"""The files of OneRoster with their columns in order, as data.

A column is `name:kind`, with `!` when required. Kinds: guid, guids (list), text, name, date, datetime, bool, year, grades, number, and
`a|b|c` for tokens; a trailing `*` allows extension tokens (`ext:…`).
"""

# ruff: noqa: E501 - a table reads best with one entry a line

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """One defined column."""

    name: str
    kind: str
    required: bool


def _columns(text: str) -> tuple[Column, ...]:
    parsed = []
    for part in text.split():
        name, _, kind = part.partition(":")
        parsed.append(Column(name.removesuffix("!"), kind or "text", name.endswith("!")))
    return tuple(parsed)


_HEAD = "sourcedId!:guid status:status dateLastModified:datetime "
_ROLES = (
    "aide|counselor|districtAdministrator|guardian|parent|principal|proctor|relative|siteAdministrator|student|systemAdministrator|teacher*"
)
_RACES = "americanIndianOrAlaskaNative:bool asian:bool blackOrAfricanAmerican:bool nativeHawaiianOrOtherPacificIslander:bool white:bool"
_PERSON = "userIds:text givenName!:name familyName!:name middleName:text identifier:text email:text sms:text phone:text agentSourcedIds:guids grades:grades"

V12: dict[str, tuple[Column, ...]] = {
    name: _columns(_HEAD + text)
    for name, text in {
        "academicSessions": "title!:text type!:gradingPeriod|semester|schoolYear|term* startDate!:date endDate!:date parentSourcedId:guid schoolYear!:year",
        "orgs": "name!:text type!:department|school|district|local|state|national* identifier:text parentSourcedId:guid",
        "courses": "schoolYearSourcedId:guid title!:text courseCode:text grades:grades orgSourcedId!:guid subjects:text subjectCodes:text",
        "classes": "title!:text grades:grades courseSourcedId!:guid classCode:text classType!:homeroom|scheduled* location:text"
        " schoolSourcedId!:guid termSourcedIds!:guids subjects:text subjectCodes:text periods:text",
        "users": f"enabledUser!:bool username!:text {_PERSON} password:text userMasterIdentifier:text"
        " preferredGivenName:text preferredMiddleName:text preferredFamilyName:text primaryOrgSourcedId:guid pronouns:text",
        "roles": f"userSourcedId!:guid roleType!:primary|secondary role!:{_ROLES} beginDate:date endDate:date orgSourcedId!:guid userProfileSourcedId:guid",
        "userProfiles": "userSourcedId!:guid profileType!:text vendorId!:text applicationId:text description:text credentialType!:text username!:text password:text",
        "enrollments": "classSourcedId!:guid schoolSourcedId!:guid userSourcedId!:guid role!:administrator|proctor|student|teacher* primary:bool beginDate:date endDate:date",
        "demographics": f"birthDate:date sex:male|female|unspecified|other* {_RACES} demographicRaceTwoOrMoreRaces:bool hispanicOrLatinoEthnicity:bool"
        " countryOfBirthCode:text stateOfBirthAbbreviation:text cityOfBirth:text publicSchoolResidenceStatus:text",
        "categories": "title!:text weight:number",
        "lineItems": "title!:text description:text assignDate!:date dueDate!:date classSourcedId!:guid categorySourcedId!:guid academicSessionSourcedId!:guid"
        " resultValueMin:number resultValueMax:number schoolSourcedId!:guid",
        "results": "lineItemSourcedId!:guid studentSourcedId!:guid scoreStatus!:text score:number scoreDate!:date comment:text textScore:text classSourcedId:guid"
        " inProgress:bool incomplete:bool late:bool missing:bool",
        "scoreScales": "title!:text type!:text orgSourcedId!:guid courseSourcedId!:guid classSourcedId!:guid scoreScaleValue!:text",
        "resultScoreScales": "title:text resultSourcedId!:guid scoreScaleSourcedId!:guid",
        "lineItemScoreScales": "title:text lineItemSourcedId!:guid scoreScaleSourcedId!:guid",
        "lineItemLearningObjectiveIds": "lineItemSourcedId!:guid source!:case|unknown learningObjectiveId!:text",
        "resultLearningObjectiveIds": "resultSourcedId!:guid source!:case|unknown learningObjectiveId!:text score:number textScore:text",
        "resources": "vendorResourceId!:text title:text roles:text importance:primary|secondary vendorId:text applicationId:text",
        "classResources": "title:text classSourcedId!:guid resourceSourcedId!:guid",
        "courseResources": "title:text courseSourcedId!:guid resourceSourcedId!:guid",
        "userResources": "userSourcedId!:guid orgSourcedId:guid classSourcedId:guid resourceSourcedId!:guid",
    }.items()
}

_ONLY_IN_12 = (
    "lineItemLearningObjectiveIds",
    "lineItemScoreScales",
    "resultLearningObjectiveIds",
    "resultScoreScales",
    "roles",
    "scoreScales",
    "userProfiles",
    "userResources",
)
V11: dict[str, tuple[Column, ...]] = {name: columns for name, columns in V12.items() if name not in _ONLY_IN_12} | {
    name: _columns(_HEAD + text)
    for name, text in {
        "users": f"enabledUser!:bool orgSourcedIds!:guids role!:administrator|aide|guardian|parent|proctor|relative|student|teacher username!:text {_PERSON} password:text",
        "demographics": f"birthDate:date sex:male|female {_RACES} demographicRaceTwoOrMoreRaces:bool hispanicOrLatinoEthnicity:bool"
        " countryOfBirthCode:text stateOfBirthAbbreviation:text cityOfBirth:text publicSchoolResidenceStatus:text",
        "categories": "title!:text",
        "lineItems": "title!:text description:text assignDate!:date dueDate!:date classSourcedId!:guid categorySourcedId!:guid gradingPeriodSourcedId!:guid"
        " resultValueMin!:number resultValueMax!:number",
        "results": "lineItemSourcedId!:guid studentSourcedId!:guid scoreStatus!:text score!:number scoreDate!:date comment:text",
    }.items()
}

# 1.2 had one more column than 1.2.1: it may be there, in this place.
OPTIONAL_BEFORE: dict[str, tuple[str, str]] = {"users": ("resourceSourcedIds", "preferredGivenName")}

LAYOUTS = {"1.1": V11, "1.2": V12}
# What a roster takes; the other files are checked and counted, and left to those who need them.
TAKEN = ("academicSessions", "orgs", "courses", "classes", "users", "roles", "enrollments", "demographics")

# Which files a file's rows refer to; `parentSourcedId` points into the own file.
REFERENCES: dict[str, dict[str, str]] = {
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "orgs": {"parentSourcedId": "orgs"},
    "courses": {"orgSourcedId": "orgs", "schoolYearSourcedId": "academicSessions"},
    "classes": {"courseSourcedId": "courses", "schoolSourcedId": "orgs", "termSourcedIds": "academicSessions"},
    "users": {"agentSourcedIds": "users", "orgSourcedIds": "orgs", "primaryOrgSourcedId": "orgs"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
    "demographics": {"sourcedId": "users"},
}
# A bulk set is semantically closed: these files must be there when that one is.
CLOSURE: dict[str, tuple[str, ...]] = {
    "courses": ("orgs",),
    "classes": ("courses", "orgs", "academicSessions"),
    "enrollments": ("classes", "users", "orgs"),
    "demographics": ("users",),
    "roles": ("users", "orgs"),
    "users": ("orgs",),
}
CLOSURE_12 = {"users": ("roles",)}
