"""Whose desk, and who approves: policy as data."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from nuanyang.access.actors import Caller
from nuanyang.casework.data_requests.models import DESKS, DataRequest


def desks(caller: Caller) -> list[str]:
    """The desks at which the caller works."""
    return [desk for desk in DESKS if caller.has_duty(f"answer_as_{desk}")]


def visible(caller: Caller) -> ColumnElement[bool]:
    """The requests of the own desks; the principal sees every one."""
    if caller.has_duty("approve_erasure"):
        return true()
    return DataRequest.desk.in_(desks(caller)) if desks(caller) else false()


def waiting(caller: Caller) -> ColumnElement[bool]:
    """What waits for the caller: at the own desk for an answer, with the principal for approval of what others prepared."""
    parts: list[ColumnElement[bool]] = []
    if desks(caller):
        parts.append(and_(DataRequest.desk.in_(desks(caller)), DataRequest.state.in_(("open", "in_hand"))))
    if caller.has_duty("approve_erasure"):
        parts.append(and_(DataRequest.state == "awaiting_approval", DataRequest.prepared_by != caller.account_id))
    return or_(*parts) if parts else false()
