"""What can stand in the way of opening, ending and reviewing.

Conflict: NothingToOpen, OpenAlready, NeedsNoGlass, NobodyToTell, StillOpen, ReviewedAlready    NotFound: OpeningNotFound
Forbidden: NotTheReviewer
"""

from nuanyang.kit.errors import Conflict, Forbidden, NotFound


class OpeningNotFound(NotFound):
    """No such opening, or none that concerns the caller."""

    code, zh, en = "opening_not_found", "没有找到这次紧急查阅，或与您无关。", "No such opening, or none that concerns you."


class NothingToOpen(Conflict):
    """There is no clinical file."""

    code, zh, en = (
        "no_clinical_file",
        "该学生没有心理辅导档案，无需紧急查阅。",
        "This student has no clinical file; there is nothing to open.",
    )


class NeedsNoGlass(Conflict):
    """The file is the caller's own already."""

    code, zh, en = "needs_no_glass", "您有权直接查看该学生的心理辅导档案。", "You may read this clinical file without breaking the glass."


class OpenAlready(Conflict):
    """One opening at a time."""

    code, zh, en = "open_already", "您已打开这名学生的档案，请刷新页面。", "You have opened this file already; please reload."


class NobodyToTell(Conflict):
    """What nobody hears of is not opened."""

    code, zh, en = (
        "nobody_to_tell",
        "本校没有其他校长或德育主任账号可以通知，不能打开。请管理员先分配岗位。",
        "There is no other principal or head of moral education to tell; ask an administrator to give out these roles first.",
    )


class StillOpen(Conflict):
    """The review comes afterwards."""

    code, zh, en = "still_open", "查阅尚未结束，结束后才能复核。", "It is still open; the review comes afterwards."


class ReviewedAlready(Conflict):
    """One review an opening."""

    code, zh, en = "reviewed_already", "这次查阅已经复核。", "This opening has been reviewed."


class NotTheReviewer(Forbidden):
    """The principal reviews; the principal's own openings the vice principal or moral education; nobody their own."""

    code, zh, en = (
        "not_the_reviewer",
        "这次查阅不由您复核：校长复核他人的查阅，校长本人的由副校长或德育主任复核。",
        "Not yours to review: the principal reviews others' openings, vice principal or moral education the principal's.",
    )
