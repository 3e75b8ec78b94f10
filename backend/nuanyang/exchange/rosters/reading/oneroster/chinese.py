"""The `metadata.cn.*` columns: what the 学籍 record knows and OneRoster has no column for.

A column here is `metadata.cn.<name>` to the right of the defined columns of `users.csv`, `classes.csv` or `enrollments.csv`; values are
the codes or names of the 学籍 sheet. Everything is optional; an empty cell says nothing.
"""

from __future__ import annotations

# users.csv of a student: the field of the 学籍 sheet (`sheet.fields`) that the column carries.
STUDENT = {
    "formerName": "former_name",
    "registrationNumber": "registration_number",
    "identityKind": "identity_kind",
    "identityNumber": "identity_number",
    "studentNumber": "student_number",
    "status": "status",
    "enteredMonth": "entered_month",
    "address": "address",
    "householdAddress": "household_address",
    "mailingAddress": "mailing_address",
    "commuteKm": "commute_km",
    "commuteBy": "commute_by",
    "leftBehind": "left_behind",
    "singleParent": "single_parent",
    "raisedByGrandparents": "raised_by_grandparents",
    "migrantChild": "migrant_child",
    "onlyChild": "only_child",
    "orphan": "orphan",
    "needsAid": "needs_aid",
    "receivesSubsidy": "receives_subsidy",
    "martyrFamily": "martyr_family",
    "povertyRegistered": "poverty_registered",
    "minimumLivingAllowance": "minimum_living_allowance",
    "extremePovertySupport": "extreme_poverty_support",
    "healthStatus": "health_status",
    "disability": "disability",
    "inclusivePlacement": "inclusive_placement",
    "ethnicity": "ethnicity",
    "nationality": "nationality",
    "birthplace": "birthplace",
    "nativePlace": "native_place",
    "householdKind": "household_kind",
    "boarding": "boarding",
    "entryKind": "entry_kind",
    "sourceKind": "source_kind",
}
# users.csv, everybody
FULL_NAME = "metadata.cn.fullName"
SEX = "metadata.cn.sex"  # of staff and guardians without demographics: male, female, 1, 2, 男, 女
# users.csv of staff
STAFF_NUMBER = "metadata.cn.staffNumber"
# users.csv of a guardian
EMPLOYER, OCCUPATION, ADDRESS = "metadata.cn.employer", "metadata.cn.occupation", "metadata.cn.address"
# … and of a student
IDENTITY_KIND, IDENTITY_NUMBER = "metadata.cn.identityKind", "metadata.cn.identityNumber"
# users.csv of a student, in the order of agentSourcedIds: relation[:1 when 监护人, 0 when not], as in 51:1,52:1,61:0
RELATIONS = "metadata.cn.relations"
# classes.csv
COHORT_YEAR, CLASS_NUMBER = "metadata.cn.cohortYear", "metadata.cn.number"
HOME_CLASS = "metadata.cn.homeClass"  # of a scheduled class: the homeroom class whose subject it is
# enrollments.csv of a teacher in a homeroom class
SUBJECT = "metadata.cn.subject"

# GB/T 4761 in the two digits that rosters use, by code and by name.
RELATIONSHIPS = {
    "50": "parent", "父母": "parent", "parent": "parent",
    "51": "father", "父亲": "father", "父": "father", "爸爸": "father", "父子": "father", "父女": "father", "father": "father",
    "52": "mother", "母亲": "mother", "母": "mother", "妈妈": "mother", "母子": "mother", "母女": "mother", "mother": "mother",
    "57": "stepfather", "继父": "stepfather", "养父": "stepfather", "继父或养父": "stepfather",
    "58": "stepmother", "继母": "stepmother", "养母": "stepmother", "继母或养母": "stepmother",
    "60": "grandparent", "祖父母": "grandparent", "祖父母或外祖父母": "grandparent",
    "61": "grandfather", "祖父": "grandfather", "爷爷": "grandfather", "grandfather": "grandfather",
    "62": "grandmother", "祖母": "grandmother", "奶奶": "grandmother", "grandmother": "grandmother",
    "63": "maternal_grandfather", "外祖父": "maternal_grandfather", "外公": "maternal_grandfather", "姥爷": "maternal_grandfather",
    "64": "maternal_grandmother", "外祖母": "maternal_grandmother", "外婆": "maternal_grandmother", "姥姥": "maternal_grandmother",
    **dict.fromkeys(("70", "71", "72", "73", "74", "75", "76", "77"), "sibling"),
    **dict.fromkeys(("兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟姐妹"), "sibling"),
    **dict.fromkeys(("81", "82", "83", "84", "85", "86", "87", "88", "89", "90"), "uncle_or_aunt"),
    **dict.fromkeys(("伯父", "伯母", "叔父", "叔叔", "婶母", "舅父", "舅舅"), "uncle_or_aunt"),
    **dict.fromkeys(("舅母", "姨父", "姨母", "姨妈", "姑父", "姑母", "姑姑"), "uncle_or_aunt"),
    **dict.fromkeys(("80", "97", "其他亲属", "亲属", "relative"), "other_relative"),
    **dict.fromkeys(("99", "其他", "非亲属", "guardian", "监护人"), "other"),
}  # fmt: skip

ROLES = {
    "teacher": "subject_teacher",
    "principal": "principal",
    "counselor": "counsellor",
    "siteAdministrator": "admin",
    "systemAdministrator": "admin",
    "administrator": "admin",
    "aide": "care_assistant",
}
# `ext:` tokens name a role of the product itself: ext:homeroom_teacher, ext:aid_officer …
EXTENSION_ROLES = frozenset(
    {"principal", "vice_principal", "academic_affairs", "moral_education", "counsellor", "general_affairs", "aid_officer", "youth_league"}
    | {
        "registrar",
        "grade_head",
        "homeroom_teacher",
        "subject_teacher",
        "tutor",
        "special_educator",
        "school_nurse",
        "care_assistant",
        "admin",
    }
)


def role_of(token: str) -> str | None:
    """The product's role for a role token of OneRoster; None for students, guardians and roles nobody here has."""
    if token.startswith("ext:"):
        return token[4:] if token[4:] in EXTENSION_ROLES else None
    return ROLES.get(token)
