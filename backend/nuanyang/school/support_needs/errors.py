"""Errors of support needs.

NotFound: SupportNeedNotFound    Conflict: SupportNeedEnded, SupportNeedStands, TooManySupportNeeds
"""

from nuanyang.kit.errors import Conflict, NotFound


class SupportNeedNotFound(NotFound):
    """No such need, or not visible."""

    code, zh, en = "support_need_not_found", "没有找到这条支持需求，或您无权查看。", "No such support need, or not visible to you."


class SupportNeedEnded(Conflict):
    """What is over is not changed; a new one is entered."""

    code, zh, en = (
        "support_need_ended",
        "这条支持需求已经结束，如仍需要请重新登记。",
        "This support need has ended; enter a new one if it is needed.",
    )


class SupportNeedStands(Conflict):
    """The same sentence stands already."""

    code, zh, en = (
        "support_need_stands",
        "这名学生已有同样的支持需求，可以直接修改那一条。",
        "This student has the same support need already; change that one.",
    )


class TooManySupportNeeds(Conflict):
    """Nobody keeps more than this in mind in a lesson."""

    code, zh, en = (
        "too_many_support_needs",
        "最多同时登记 20 条，请先结束不再需要的。",
        "At most 20 at a time; end those no longer needed first.",
    )
