"""What can stand in the way of a session's record."""

from nuanyang.kit.errors import Forbidden, Invalid, NotFound


class SessionNotFound(NotFound):
    """No such session, or not the caller's to see."""

    code, zh, en = "counselling_session_not_found", "没有找到这次辅导记录，或您无权查看。", "No such session, or not visible to you."


class NotYourCase(Forbidden):
    """Only who counsels the student writes."""

    code, zh, en = "not_your_case", "只有该学生的个案心理教师可以填写辅导记录。", "Only the counsellor on the case writes its sessions."


class NothingChanged(Invalid):
    """A correction that says what was there already."""

    code, zh, en = "nothing_changed", "没有需要更正的内容。", "Nothing was changed."
