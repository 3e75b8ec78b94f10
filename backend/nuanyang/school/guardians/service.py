"""监护令: recording and lifting what keeps a guardian from a child."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import saw
from nuanyang.access.guards import expect_version
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.guardians import repository
from nuanyang.school.guardians.errors import AlreadyLifted, OrderNotFound
from nuanyang.school.guardians.models import CustodyOrder
from nuanyang.school.guardians.rules import keeps_away, state_of
from nuanyang.school.guardians.schemas import CustodyOrderInput, CustodyOrders, CustodyOrderShown, GuardianChoice
from nuanyang.school.students.service import demand, visible_student

PROTECTION = "protection"


async def orders_of(session: AsyncSession, caller: Caller, student_id: UUID) -> CustodyOrders:
    """What is recorded about one student; the reading is recorded, too."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", PROTECTION)
    rows = await repository.orders_of(session, caller.school_id, student_id)
    relations = await repository.relations_of(session, caller.school_id, student_id)
    await saw(session, caller, [student_id], [PROTECTION])
    return CustodyOrders(
        items=[_shown(*row) for row in rows],
        guardians=[GuardianChoice(guardian_id=one.guardian_id, name=name, relation=one.relation) for one, name in relations],
        may_record=caller.has_duty("keep_custody"),
    )


async def record(session: AsyncSession, caller: Caller, student_id: UUID, body: CustodyOrderInput) -> CustodyOrderShown:
    """Record an order. One that keeps the guardian away takes them off the people to call at once, before its first day, too."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", PROTECTION)
    if body.ends_on is not None and body.ends_on < body.starts_on:
        raise invalid("#/ends_on", "before_start", "结束日期不能早于开始日期。", "The last day must not lie before the first.")
    relation = await repository.locked_relation(session, caller.school_id, student_id, body.guardian_id)
    if relation is None:
        raise invalid("#/guardian_id", "no_guardian", "这名学生没有这位监护人。", "This student has no such guardian.")
    order = CustodyOrder(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student_id,
        guardian_id=body.guardian_id,
        kinds=sorted(set(body.kinds)),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        source=body.source,
        reference=body.reference,
        created_by=caller.account_id,
    )
    session.add(order)
    if keeps_away(order.kinds):
        relation.may_contact = False
    await session.flush()
    return await _one(session, caller, order)


async def lift(session: AsyncSession, caller: Caller, order_id: UUID, seen_version: int, reason: str) -> CustodyOrderShown:
    """End an order with its reason. The guardian may be called again where no other order stands in the way."""
    order = await session.get(CustodyOrder, (caller.school_id, order_id), with_for_update=True)
    if order is None:
        raise OrderNotFound
    student = await visible_student(session, caller, order.student_id)
    demand(caller, student, "read", PROTECTION)
    expect_version(seen_version, order.version)
    if order.lifted_at is not None:
        raise AlreadyLifted
    relation = await repository.locked_relation(session, caller.school_id, order.student_id, order.guardian_id)
    order.lifted_at, order.lifted_by, order.lifted_reason = now(), caller.account_id, reason
    if relation is not None and keeps_away(order.kinds) and not await repository.is_still_kept(session, order, today()):
        relation.may_contact = True
    await session.flush()
    return await _one(session, caller, order)


async def _one(session: AsyncSession, caller: Caller, order: CustodyOrder) -> CustodyOrderShown:
    await session.refresh(order)
    await saw(session, caller, [order.student_id], [PROTECTION])
    rows = await repository.orders_of(session, caller.school_id, order.student_id)
    return next(_shown(*row) for row in rows if row[0].id == order.id)


def _shown(order: CustodyOrder, name: str, relation: str, recorded_by: str | None) -> CustodyOrderShown:
    return CustodyOrderShown(
        id=order.id,
        version=order.version,
        student_id=order.student_id,
        guardian_id=order.guardian_id,
        guardian_name=name,
        relation=relation,
        kinds=order.kinds,  # type: ignore[arg-type]
        source=order.source,  # type: ignore[arg-type]
        reference=order.reference,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        state=state_of(order.starts_on, order.ends_on, is_lifted=order.lifted_at is not None, day=today()),
        recorded_at=order.created_at,
        recorded_by=recorded_by,
        lifted_at=order.lifted_at,
        lifted_reason=order.lifted_reason,
    )
