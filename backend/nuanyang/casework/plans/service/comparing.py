"""How two versions of a plan differ, in the parts that the caller sees of both."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.errors import PlanNotFound
from nuanyang.casework.plans.models import SupportPlan
from nuanyang.casework.plans.repository import plans
from nuanyang.casework.plans.repository.contents import Contents, content_of, load
from nuanyang.casework.plans.rules import Change, PlanContent, compare
from nuanyang.casework.plans.schemas import ChangeShown, FieldChangeShown, PlanDiff, PlanVersionRef
from nuanyang.casework.plans.service.showing import hidden_classes
from nuanyang.school.students.models import Student


async def diff(session: AsyncSession, caller: Caller, plan_id: UUID, against: UUID | None) -> PlanDiff:
    """How a version differs from another one of the same student (by default the one before), in the parts the caller sees."""
    after = await plans.one(session, caller, plan_id)
    other = against or (after[0].previous_plan_id if after else None)
    before = await plans.one(session, caller, other) if other else None
    if after is None or before is None or before[1].id != after[1].id:
        raise PlanNotFound
    contents = await load(session, caller, [before[0].id, after[0].id])
    student = after[1]
    was, now = (_seen(caller, student, p[0], contents[p[0].id]) for p in (before, after))
    parts = [n for p in (before, after) for n in contents[p[0].id].visible(caller, student)]
    await showed(session, caller, ((student.id, c) for c in policy.classes_told(caller, student, parts)))
    is_whole = all(contents[p[0].id].is_whole(caller, student) for p in (before, after))
    staff = await plans.staff_names(
        session,
        caller.school_id,
        [m.doer_staff_id for c in contents.values() for ms in c.measures.values() for m in ms]
        + [before[0].reviewer_staff_id, after[0].reviewer_staff_id],
    )
    return PlanDiff(
        before=_ref(before[0]),
        after=_ref(after[0]),
        changes=changes_shown(compare(was, now, ignored=frozenset() if is_whole else frozenset({"summary"})), staff),
        hidden=hidden_classes(caller, student),
    )


def _seen(caller: Caller, student: Student, plan: SupportPlan, contents: Contents) -> PlanContent:
    """The plan as far as the caller sees it, without the categories that are not for them."""
    content = content_of(plan, contents, contents.visible(caller, student))
    return replace(
        content, needs=tuple(n if policy.sees_category(caller, student, n.category) else replace(n, category=None) for n in content.needs)
    )


def _ref(plan: SupportPlan) -> PlanVersionRef:
    return PlanVersionRef(id=plan.id, number=plan.number, state=plan.state, starts_on=plan.starts_on)  # type: ignore[arg-type]


def changes_shown(changes: Iterable[Change], staff: dict[UUID, str]) -> list[ChangeShown]:
    """Changes with people by name."""
    names = {str(i): n for i, n in staff.items()}

    def named(value: str | None) -> str | None:
        return names.get(value, value) if value else None

    return [
        ChangeShown(
            part=c.part,
            kind=c.kind,
            dimension=c.dimension,  # type: ignore[arg-type]
            label=c.label,
            fields=[
                FieldChangeShown(name=f.name, before=named(f.before), after=named(f.after))
                if f.name.endswith("_staff_id")
                else FieldChangeShown(name=f.name, before=f.before, after=f.after)
                for f in c.fields
            ],
        )
        for c in changes
    ]
