"""Errors of self-reports."""

from nuanyang.kit.errors import Conflict, TooManyRequests


class NotAtSchool(Conflict):
    """Only who is at this school speaks here."""

    code, zh, en = "not_at_school", "你的学籍不在这所学校，请找老师帮忙。", "You are not enrolled at this school. Please ask a teacher."


class EnoughForToday(TooManyRequests):
    """A page that takes any number of reports hides the one that matters."""

    code, zh, en = (
        "enough_for_today",
        "你今天已经写了很多次，老师都收到了。急事请直接找老师。",
        "You have written many times today and all of it has arrived. If it is urgent, please go to a teacher.",
    )
