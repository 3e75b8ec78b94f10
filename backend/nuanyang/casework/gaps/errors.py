"""What cannot be done with a gap."""

from nuanyang.kit.errors import Conflict, NotFound


class GapNotFound(NotFound):
    """There is none such, or not for the caller."""

    code, zh, en = "gap_not_found", "没有找到这个待补环节。", "There is no such gap."


class GapWaived(Conflict):
    """Somebody waived it before."""

    code, zh, en = "gap_waived", "这一项已经暂缓。", "This is put off already."


class GapNotWaived(Conflict):
    """There is nothing to take back."""

    code, zh, en = "gap_not_waived", "这一项没有暂缓，无需撤销。", "There is nothing to take back."
