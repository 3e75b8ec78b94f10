"""What can go wrong with second factors.

Invalid: WrongFirstCode    Conflict: NothingToConfirm, NoSecondFactor
"""

from nuanyang.kit.errors import Conflict, Invalid


class WrongFirstCode(Invalid):
    """The code does not fit: what was enrolled is not counted yet, or what is counted already was not shown."""

    code, zh, en = "wrong_code", "验证码不正确或已使用过。", "The code is wrong or was used before."


class NothingToConfirm(Conflict):
    """No enrolment waits for its first code."""

    code, zh, en = "nothing_to_confirm", "没有待确认的动态验证码，请重新设置。", "No enrolment waits for a code; please begin again."


class NoSecondFactor(Conflict):
    """The account has no second factor yet."""

    code, zh, en = "no_second_factor", "该账号尚未设置动态验证码。", "This account has no second factor yet."
