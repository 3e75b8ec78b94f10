"""What can go wrong with recognitions.

Conflict: AlreadyRunning, NotInReview, OwnCase, DecidedBefore, NotRecognised, Lapsed, CheckedBefore, RulesNotDraft, OwnRules
NotFound: RecognitionNotFound, ProposalNotFound, RulesNotFound
Forbidden: NotYourStep
"""

from nuanyang.kit.errors import Conflict, Forbidden, NotFound


class RecognitionNotFound(NotFound):
    """No such case in the caller's reach."""

    code, zh, en = "recognition_not_found", "没有找到这条认定，或您无权查看。", "No such recognition, or not visible to you."


class ProposalNotFound(NotFound):
    """No such proposal in the caller's reach."""

    code, zh, en = "proposal_not_found", "没有找到这条系统建议，或您无权查看。", "No such proposal, or not visible to you."


class RulesNotFound(NotFound):
    """No such rule set."""

    code, zh, en = "rules_not_found", "没有找到这套认定规则。", "No such rule set."


class AlreadyRunning(Conflict):
    """The student has a running case in this category and year."""

    code, zh, en = (
        "recognition_running",
        "该生本学年在这一类别已有进行中的认定。",
        "This student already has a running recognition in this category.",
    )


class NotInReview(Conflict):
    """No decision of this kind is due."""

    code, zh, en = "not_in_review", "这条认定目前不在该评议环节。", "No such decision is due for this recognition."


class OwnCase(Conflict):
    """Whoever entered a case does not decide on it (four eyes)."""

    code, zh, en = "own_case", "本人录入的认定须由他人审核。", "Whoever entered a case does not decide on it."


class DecidedBefore(Conflict):
    """One person decides one step only (four eyes)."""

    code, zh, en = (
        "decided_before",
        "您已在前一环节作出决定，本环节须由他人办理。",
        "You decided an earlier step; another person must decide this one.",
    )


class NotRecognised(Conflict):
    """Only a recognised student can be checked or leave."""

    code, zh, en = "not_recognised", "只有已认定的学生才能复核或退出。", "Only a recognised student can be checked or leave."


class Lapsed(Conflict):
    """Its school year is over; this year decides anew."""

    code, zh, en = (
        "recognition_lapsed",
        "该认定的有效学年已结束，如仍需帮扶请在本学年重新评议。",
        "This recognition ended with its school year; open a new one if support is still needed.",
    )


class CheckedBefore(Conflict):
    """One check a term."""

    code, zh, en = "checked_before", "本学期已经复核过。", "This term's check has been made already."


class NotYourStep(Forbidden):
    """The step belongs to others: class, grade or school."""

    code, zh, en = "not_your_step", "当前环节不由您办理。", "This step is not yours to decide."


class RulesNotDraft(Conflict):
    """Only a draft can be changed or adopted."""

    code, zh, en = "rules_not_draft", "只有草稿可以修改或启用。", "Only a draft can be changed or adopted."


class OwnRules(Conflict):
    """Whoever drafted the rules does not put them in force."""

    code, zh, en = "own_rules", "规则须由起草人以外的人批准启用。", "Rules are adopted by somebody other than who drafted them."
