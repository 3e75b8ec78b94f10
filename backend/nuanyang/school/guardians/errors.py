"""Errors of guardians and of what keeps them from a child."""

from nuanyang.kit.errors import Conflict, NotFound


class OrderNotFound(NotFound):
    """No such order, or not visible."""

    code, zh, en = "custody_order_not_found", "没有找到这条监护令，或您无权查看。", "No such custody order, or not visible to you."


class AlreadyLifted(Conflict):
    """An order is lifted once."""

    code, zh, en = "custody_order_lifted", "这条监护令已经解除。", "This custody order has been lifted already."
