"""What can stand in the way of a rule, a hold or a run."""

from nuanyang.kit.errors import Conflict, Invalid, NotFound


class RuleNotFound(NotFound):
    """No such proposal in this school."""

    code, zh, en = "retention_rule_not_found", "没有找到这项保存期限。", "No such term of keeping."


class RuleDecided(Conflict):
    """It is in force or was withdrawn."""

    code, zh, en = "retention_rule_decided", "这项保存期限已有结论，请刷新页面。", "This term was decided already; please reload."


class RuleWaiting(Conflict):
    """One proposal a class waits at a time."""

    code, zh, en = (
        "retention_rule_waiting",
        "该类信息已有一项待审核的期限，请先审核或撤回。",
        "Another term for this class waits for approval; decide or withdraw that first.",
    )


class OwnRule(Conflict):
    """Four eyes."""

    code, zh, en = "own_retention_rule", "本人提出的期限须由另一人审核。", "Another person has to approve the term you proposed."


class OutOfBounds(Invalid):
    """Longer, shorter or something else than a school may choose."""

    code = "retention_out_of_bounds"


class RunNotFound(NotFound):
    """No such run in this school."""

    code, zh, en = "retention_run_not_found", "没有找到这次预演。", "No such dry run."


class RunNotNewest(Conflict):
    """Only what the newest dry run has shown may happen."""

    code, zh, en = (
        "retention_run_not_newest",
        "只能执行最近一次已完成的预演，请先重新预演。",
        "Only the newest finished dry run can be applied; make a new one first.",
    )


class HoldNotFound(NotFound):
    """No such hold in this school."""

    code, zh, en = "legal_hold_not_found", "没有找到这项法律保全。", "No such legal hold."


class HoldLifted(Conflict):
    """It is over."""

    code, zh, en = "legal_hold_lifted", "这项法律保全已经解除。", "This legal hold was lifted already."


class AlreadyHeld(Conflict):
    """The same hold stands already."""

    code, zh, en = "already_on_hold", "已有对其有效的同一法律保全。", "A hold for this already stands."
