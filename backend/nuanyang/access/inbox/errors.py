"""What cannot be done with a notice."""

from nuanyang.kit.errors import NotFound


class NoticeNotFound(NotFound):
    """There is none such among one's own."""

    code, zh, en = "notice_not_found", "没有找到这条消息。", "There is no such notice."
