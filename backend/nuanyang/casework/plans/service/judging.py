"""What a caller may do with a plan, and what is missing in it as far as they see it."""

import re
from collections.abc import Iterable

from nuanyang.access.actors import Caller
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.errors import NotYoursToDecide, OwnPlan, PlanIncomplete
from nuanyang.casework.plans.models import SupportPlan
from nuanyang.casework.plans.repository.contents import Contents, content_of
from nuanyang.casework.plans.rules import Gap, gaps
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.errors import FieldError, Problem
from nuanyang.school.students.models import Student

_NEED = re.compile(r"/needs/(\d+)(/.*)?$")


def may_submit(caller: Caller, student: Student, contents: Contents) -> bool:
    """Whoever writes at least one part of it."""
    return any(policy.may_write(caller, student, n.data_class) for n in contents.visible(caller, student))


def may_approve(caller: Caller, student: Student, plan: SupportPlan, contents: Contents) -> Problem | None:
    """Why this caller does not approve this plan; None when they may."""
    if not policy.may_approve_class(caller, student, contents.classes()):
        return NotYoursToDecide()
    if not contents.is_whole(caller, student):
        return NotYoursToDecide()
    if caller.account_id in (plan.submitted_by, plan.edited_by, *plan.writers):
        return OwnPlan()
    return None


def unmet(caller: Caller, student: Student, plan: SupportPlan, contents: Contents, recognitions: Iterable[Recognition]) -> Problem | None:
    """Why a plan cannot be put in force yet: recognitions may have come after it was submitted, and its parts have several writers."""
    known = [r for r in recognitions if policy.may_hear_of(caller, r)]
    missing = gaps_for(caller, student, plan, contents, known)
    if missing:
        return PlanIncomplete(errors=errors_of(missing))
    return NotYoursToDecide() if gaps(content_of(plan, contents), _pairs(known), contents.kinds) else None


def _pairs(recognitions: Iterable[Recognition]) -> list[tuple[str, str]]:
    return [(r.category, r.data_class) for r in recognitions]


def errors_of(missing: Iterable[Gap]) -> list[FieldError]:
    """What is missing, as errors at their places."""
    return [FieldError(f"#{g.pointer}", g.code, g.zh, g.en) for g in missing]


def approves(caller: Caller, student: Student, plan: SupportPlan, contents: Contents, recognised: Iterable[Recognition]) -> bool:
    """Whether the caller may put the plan in force as it stands."""
    return may_approve(caller, student, plan, contents) is None and unmet(caller, student, plan, contents, recognised) is None


def may_review(caller: Caller, student: Student, contents: Contents) -> bool:
    """Whoever writes a part of the plan or approves one."""
    return may_submit(caller, student, contents) or policy.may_approve_class(caller, student, contents.classes())


def gaps_for(caller: Caller, student: Student, plan: SupportPlan, contents: Contents, recognitions: Iterable[Recognition]) -> list[Gap]:
    """What is missing in the parts that the caller sees, with pointers into what they are shown. Of other parts not even a gap is told."""
    seen = {id(n) for n in contents.visible(caller, student)}
    places = [i for i, n in enumerate(contents.needs) if id(n) in seen]
    shown = []
    known = _pairs(r for r in recognitions if policy.may_hear_of(caller, r))
    for gap in gaps(content_of(plan, contents), known, contents.kinds):
        place = _NEED.match(gap.pointer)
        if place and int(place[1]) in places:
            pointer = f"/needs/{places.index(int(place[1]))}{place[2] or ''}"
            shown.append(Gap(pointer, gap.code, gap.zh, gap.en, gap.data_class))
        elif not place and (gap.data_class is None or policy.sees_class(caller, student, gap.data_class)):
            shown.append(gap)
    return shown
