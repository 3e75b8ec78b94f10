"""Who reads what a student tells, said to the student in plain words; worked out from the one policy of rights."""

from dataclasses import dataclass

from nuanyang.access.permissions import CASE_LEAD, ON_CASE, ROLE_NAMES, ROLES, WITHOUT_CASES

PROTECTION = "protection"
# Those nearest to the student first.
_ORDER = (
    *("homeroom_teacher", "grade_head", "counsellor", "moral_education", "academic_affairs", "aid_officer"),
    *("tutor", "special_educator", "school_nurse", "vice_principal", "principal"),
)


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads the student's case, and the offices they hold today: some add to what a lead reads."""

    name: str
    offices: frozenset[str] = frozenset()

    def reads(self, data_class: str) -> bool:
        """Whether the case opens this class to them."""
        gained = (CASE_LEAD, *(ON_CASE[office] for office in self.offices & ON_CASE.keys()))
        return any("read" in rights.get(data_class, ()) for rights in gained)


def readers(data_class: str, *, lead: Lead | None = None, is_english: bool = False) -> list[str]:
    """The posts that read case records of this class, and the case lead by name where that right goes with the case."""
    posts = [role for role in _ORDER if "read" in ROLES[role].get(data_class, ()) and role not in WITHOUT_CASES]
    names = [ROLE_NAMES[role][1 if is_english else 0] for role in posts]
    return [*names, lead.name] if lead and lead.reads(data_class) else names
