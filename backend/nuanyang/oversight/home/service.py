"""What waits for the caller. Each number comes from the very query of the list it leads to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CLASS_CATEGORY
from nuanyang.casework.data_requests.service.counting import count_waiting
from nuanyang.casework.evidence.service.answering import count_unanswered
from nuanyang.casework.evidence.service.counting import count_list_rows
from nuanyang.casework.handovers.service import counts as count_handovers
from nuanyang.casework.plans.service.counting import count_plans
from nuanyang.casework.recognition.service import counting
from nuanyang.kit.clock import today
from nuanyang.measures.psychological.break_glass import service as break_glass
from nuanyang.oversight.home.schemas import Task, TaskKey
from nuanyang.programme.editions.service import count_editions
from nuanyang.school.years.service import has_year

REVIEW_AHEAD = timedelta(days=14)


async def tasks_of(session: AsyncSession, caller: Caller) -> list[Task]:
    """The caller's tasks in the order of urgency; what nobody waits for is left out. Before the first roster there is nothing to do yet."""
    found = await _of_broken_glass(session, caller) + await _of_handovers(session, caller)

    def add(key: TaskKey, count: int, **search: str) -> None:
        if count:
            found.append(Task(key=key, count=count, search=search))

    if caller.person_kind == "staff":
        await _add_cases(session, caller, add)
        # A legal term runs, whoever has cases or not.
        add("data_requests_waiting", await count_waiting(session, caller), waiting="true")
        add("editions_to_approve", await count_editions(session, caller, "to_approve"), waiting="to_approve")
        add("editions_returned", await count_editions(session, caller, "returned"), waiting="returned")
    return found


async def _add_cases(session: AsyncSession, caller: Caller, add: Callable[..., None]) -> None:
    works = any(caller.scope(c, a) for c in CLASS_CATEGORY for a in ("cases", "nominate", "approve"))
    if not works or not await has_year(session, caller.school_id):
        return
    # A student who spoke waits for a person: before all paper.
    add("self_reports_unanswered", await count_unanswered(session, caller), unanswered="true")
    review_by = today() + REVIEW_AHEAD
    add("recognitions_due", await counting.count_due(session, caller), due="true")
    if any(caller.scope(c, "approve") for c in CLASS_CATEGORY):
        add("plans_to_approve", await count_plans(session, caller, state=["submitted"]), state="submitted")
    add("checks_due", await counting.count_checks_due(session, caller), check_due="true")
    add("renewals_due", await counting.count_renewals_due(session, caller), renewal_due="true")
    add("list_rows_open", await count_list_rows(session, caller))
    add("proposals_open", await counting.count_open_proposals(session, caller), state="open", due="true")
    add("plans_to_finish", await count_plans(session, caller, state=["draft"], mine=True), state="draft", mine="true")
    due = await count_plans(session, caller, state=["approved"], review_by=review_by, mine=bool(caller.led_student_ids))
    mine = {"mine": "true"} if caller.led_student_ids else {}
    add("reviews_due", due, state="approved", review_by=review_by.isoformat(), **mine)


async def _of_broken_glass(session: AsyncSession, caller: Caller) -> list[Task]:
    """First of all: whose file was opened, what nobody has reviewed in its day, and what is the caller's to review."""
    if not caller.has_duty("break_glass"):
        return []
    waits: list[tuple[TaskKey, dict[str, Any]]] = [("break_glass_told", {"unseen": True})]
    if caller.has_duty("oversee_broken_glass"):
        waits += [("break_glass_overdue", {"state": "overdue"}), ("break_glass_to_review", {"state": "to_review", "mine": True})]
    found = []
    for key, filters in waits:
        if count := await break_glass.count(session, caller, **filters):
            search = {name: value if isinstance(value, str) else "true" for name, value in filters.items()}
            found.append(Task(key=key, count=count, search=search))
    return found


async def _of_handovers(session: AsyncSession, caller: Caller) -> list[Task]:
    """Notes for the caller from whom they follow, and notes that others wait for."""
    if caller.person_kind != "staff":
        return []
    to_write, to_read = await count_handovers(session, caller)
    waits: list[tuple[TaskKey, int]] = [("handovers_to_read", to_read), ("handovers_to_write", to_write)]
    return [Task(key=key, count=count, search={}) for key, count in waits if count]
