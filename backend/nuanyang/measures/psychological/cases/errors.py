"""What can stand in the way of a counselling case.

Conflict: CaseOpen, NoOpenCase, AlreadyCounsellor    Forbidden: NotToOneself    Invalid: NotACounsellor
"""

from nuanyang.kit.errors import Conflict, Forbidden, Invalid


class CaseOpen(Conflict):
    """A student has one open case at most."""

    code, zh, en = "case_open", "该学生已有在办的心理个案，请联系个案心理教师。", "This student has an open case; ask its counsellor."


class NoOpenCase(Conflict):
    """Sessions and counsellors belong to an open case."""

    code, zh, en = "no_open_case", "该学生没有在办的心理个案，请先建立个案。", "This student has no open case; open one first."


class AlreadyCounsellor(Conflict):
    """Nothing to change."""

    code, zh, en = "already_counsellor", "该教师已是这名学生的个案心理教师。", "This person counsels the student already."


class NotToOneself(Forbidden):
    """What a colleague kept is not taken over by one's own word."""

    code, zh, en = (
        "not_to_oneself",
        "该学生以前由其他心理教师辅导，请由德育处或校长指定您接手。",
        "Another counsellor had this student; ask moral education or the principal to name you.",
    )


class NotACounsellor(Invalid):
    """A clinical file is in counsellors' hands only."""

    code, zh, en = "not_a_counsellor", "只能指定本校在任的心理教师。", "Only a counsellor of this school can be named."
