"""Errors of exams and results."""

from nuanyang.kit.errors import Conflict, Invalid, NotFound


class ExamNotFound(NotFound):
    """No such exam here."""

    code, zh, en = "exam_not_found", "没有找到这次考试。", "No such exam."


class ExamExists(Conflict):
    """Grade, term and name together are taken."""

    code, zh, en = "exam_exists", "该年级本学期已有同名考试。", "This grade already has an exam of this name in this term."


class ExamHasResults(Conflict):
    """What has results is not taken back."""

    code, zh, en = "exam_has_results", "已有成绩，不能删除考试或其中的科目。", "There are results; the exam or subject cannot be removed."


class NothingChanged(Conflict):
    """A correction that corrects nothing leaves no trace."""

    code, zh, en = "nothing_changed", "内容没有变化。", "Nothing has changed."


class ZeroUnconfirmed(Conflict):
    """A mark of 0 may be a mistyped absence."""

    code, zh, en = (
        "zero_unconfirmed",
        "有 0 分：如为缺考请填“缺考”，确为 0 分请确认。",
        "A mark of 0: write 缺考 for an absence, or confirm it.",
    )


class ReasonMissing(Invalid):
    """Changing an exam that has results needs its reason."""

    code, zh, en = "reason_missing", "考试已有成绩，更改须填写原因。", "The exam has results: say why it is changed."


class NotASchemeOfOurs(Invalid):
    """Neither a preset nor a scheme of the school."""

    code, zh, en = "unknown_level_scheme", "没有这个等级方案。", "There is no such level scheme."


class SchemeExists(Conflict):
    """The name of a scheme is taken."""

    code, zh, en = "scheme_exists", "已有同名等级方案。", "A level scheme of this name exists."
