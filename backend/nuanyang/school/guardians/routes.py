"""Custody orders over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires, requires_duty
from nuanyang.kit.schemas import problems
from nuanyang.school.guardians import service
from nuanyang.school.guardians.schemas import CustodyOrderInput, CustodyOrders, CustodyOrderShown, LiftInput

router = APIRouter(tags=["guardians"])
Reader = Annotated[Caller, Depends(requires("read", "protection"))]
Keeper = Annotated[Caller, Depends(requires_duty("keep_custody"))]


@router.get("/students/{student_id}/custody-orders", operation_id="custody_orders_list", responses=problems(401, 403, 404))
async def list_orders(student_id: UUID, caller: Reader, session: DbSession) -> CustodyOrders:
    """What keeps guardians from this student, in force and past, and whom an order can be about."""
    return await service.orders_of(session, caller, student_id)


@router.post(
    "/students/{student_id}/custody-orders",
    operation_id="custody_orders_record",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422),
)
async def record_order(
    student_id: UUID, body: CustodyOrderInput, caller: Keeper, session: DbSession, response: Response
) -> CustodyOrderShown:
    """Record a court's order or the school's decision: from its first day on the guardian sees nothing of this child."""
    shown = await service.record(session, caller, student_id, body)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.post("/custody-orders/{order_id}/lift", operation_id="custody_orders_lift", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def lift_order(
    order_id: UUID, body: LiftInput, version: IfMatch, caller: Keeper, session: DbSession, response: Response
) -> CustodyOrderShown:
    """End an order, with the reason; it stays readable."""
    shown = await service.lift(session, caller, order_id, version, body.reason)
    response.headers["ETag"] = etag(shown.version)
    return shown
