"""What cannot be done with an occurrence."""

from nuanyang.kit.errors import Conflict, NotFound


class OccurrenceNotFound(NotFound):
    """There is none such, or not for the caller."""

    code, zh, en = "occurrence_not_found", "没有找到这项应办事项。", "There is no such thing to do."


class AlreadyDone(Conflict):
    """What a record has met cannot be waived."""

    code, zh, en = "occurrence_done", "这一项已有记录完成，无需免办。", "A record has met this already; it cannot be waived."


class AlreadyWaived(Conflict):
    """Somebody waived it before."""

    code, zh, en = "occurrence_waived", "这一项已经免办。", "This is waived already."


class NotWaived(Conflict):
    """There is no waiver to take back."""

    code, zh, en = "occurrence_not_waived", "这一项没有免办，无需撤销。", "There is no waiver to take back."
