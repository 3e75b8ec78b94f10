"""Errors of evidence."""

from nuanyang.kit.errors import Conflict, Forbidden, NotFound


class EvidenceNotFound(NotFound):
    """Not there, or not for this caller."""

    code, zh, en = "evidence_not_found", "没有找到这条依据，或您无权查看。", "No such evidence, or not visible to you."


class MayNotEnter(Forbidden):
    """This kind of evidence is not for this role."""

    code, zh, en = "may_not_enter_evidence", "您不能为这名学生登记这类依据。", "You may not enter this kind of evidence for this student."


class AlreadyWithdrawn(Conflict):
    """A withdrawn piece stays as it is."""

    code, zh, en = "evidence_withdrawn", "这条依据已撤回。", "This evidence has been withdrawn."


class OwnWords(Conflict):
    """What a student wrote stays as they wrote it."""

    code, zh, en = "own_words", "学生本人写的内容不能改动。", "A student's own words are not changed."


class NothingToAnswer(Conflict):
    """Only a student's own report is answered."""

    code, zh, en = "nothing_to_answer", "只有学生本人提交的自述需要回应。", "Only a student's own report is answered."


class AlreadyAnswered(Conflict):
    """Somebody was quicker."""

    code, zh, en = "evidence_answered", "这条自述已有人回应。", "This report has been answered already."


class NothingChanged(Conflict):
    """A correction that corrects nothing leaves no trace."""

    code, zh, en = "nothing_changed", "内容没有变化。", "Nothing has changed."


class RowDecided(Conflict):
    """Somebody was quicker."""

    code, zh, en = "list_row_decided", "这一行已经处理过了。", "This row has been decided already."
