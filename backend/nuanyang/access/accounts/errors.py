"""What can go wrong with accounts.

NotSignedIn: WrongPassword, SessionEnded, SecondFactorAsked, WrongCode, TicketExpired    TooManyRequests: TooManyAttempts
Conflict: UsernameTaken, RefreshRace    Invalid: WeakPassword, RoleNotPossible, StepUpRefused    Forbidden: StepUpRequired
"""

from nuanyang.kit.errors import Conflict, Forbidden, Invalid, NotSignedIn, TooManyRequests


class WrongPassword(NotSignedIn):
    """Wrong name or password; which of the two is not told."""

    code, zh, en = "wrong_password", "账号或密码不正确。", "Wrong account or password."


class SecondFactorAsked(NotSignedIn):
    """The password was right; the ticket in this answer takes the second factor to `POST /auth/second-factor`."""

    code, zh, en = "mfa_required", "请输入动态验证码。", "Please enter the code of your second factor."


class WrongCode(NotSignedIn):
    """The code is wrong, was used before, or belongs to another moment."""

    code, zh, en = "wrong_code", "验证码不正确或已使用过。", "The code is wrong or was used before."


class TicketExpired(NotSignedIn):
    """Too long between the password and the code; begin again."""

    code, zh, en = "ticket_expired", "登录超时，请重新输入密码。", "That took too long; please enter your password again."


class SessionEnded(NotSignedIn):
    """The session is over; sign in again."""

    code, zh, en = "session_ended", "登录已失效，请重新登录。", "Your session has ended; please sign in again."


class TooManyAttempts(TooManyRequests):
    """Too many failed tries; `Retry-After` says when the next one counts."""

    code, zh, en = "too_many_attempts", "尝试次数过多，请稍后再试。", "Too many attempts; please wait before trying again."


class RefreshRace(Conflict):
    """Another tab refreshed a moment ago; use the cookie it received."""

    code, zh, en = "refresh_race", "另一个页面刚刚刷新了登录，请重试。", "Another tab refreshed a moment ago; please retry."


class UsernameTaken(Conflict):
    """The name is in use (maybe in another school, which is not told)."""

    code, zh, en = "username_taken", "该账号名已被使用，请换一个。", "This account name is taken."


class WeakPassword(Invalid):
    """The new password is refused, with the reason."""

    code, zh, en = "weak_password", "新密码不符合要求。", "The new password is refused."


class RoleNotPossible(Invalid):
    """The role does not exist or cannot have this scope."""

    code, zh, en = "role_not_possible", "该角色不能这样授权。", "This role cannot be given with this scope."


class StepUpRequired(Forbidden):
    """This asks to show anew who one is (`POST /auth/confirm`); `factor` names the second factor to show besides the password, if any."""

    code, zh, en = (
        "step_up_required",
        "请重新输入密码和动态验证码，确认是您本人。",
        "Please enter your password and code again to confirm that it is you.",
    )


class StepUpRefused(Invalid):
    """Password or code is wrong; the field says which: whoever is signed in knows already that the account exists."""

    code, zh, en = "step_up_refused", "身份确认未通过。", "You could not be confirmed."
