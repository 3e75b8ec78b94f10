"""Who reads what a student tells, said to the student in plain words; worked out from the one policy of rights."""

from nuanyang.access.permissions import CASE_LEAD, ROLE_NAMES, ROLES, WITHOUT_CASES

PROTECTION = "protection"
# Those nearest to the student first.
_ORDER = (
    *("homeroom_teacher", "grade_head", "counsellor", "moral_education", "academic_affairs", "aid_officer"),
    *("tutor", "special_educator", "school_nurse", "vice_principal", "principal"),
)


def readers(data_class: str, *, lead: str | None = None, is_english: bool = False) -> list[str]:
    """The posts that read case records of this class, and the case lead by name where that right goes with the case."""
    posts = [role for role in _ORDER if "read" in ROLES[role].get(data_class, ()) and role not in WITHOUT_CASES]
    names = [ROLE_NAMES[role][1 if is_english else 0] for role in posts]
    return [*names, lead] if lead and "read" in CASE_LEAD.get(data_class, ()) else names
