"""What can go wrong with accounts.

NotSignedIn: WrongPassword, SessionEnded    TooManyRequests: TooManyAttempts
Conflict: UsernameTaken, RefreshRace        Invalid: WeakPassword, RoleNotPossible
"""

from nuanyang.kit.errors import Conflict, Invalid, NotSignedIn, TooManyRequests


class WrongPassword(NotSignedIn):
    """Wrong name or password; which of the two is not told."""

    code, zh, en = "wrong_password", "账号或密码不正确。", "Wrong account or password."


class SessionEnded(NotSignedIn):
    """The session is over; sign in again."""

    code, zh, en = "session_ended", "登录已失效，请重新登录。", "Your session has ended; please sign in again."


class TooManyAttempts(TooManyRequests):
    """Too many failed sign-ins from this address for this account."""

    code, zh, en = "too_many_attempts", "尝试次数过多，请 15 分钟后再试。", "Too many attempts; please try again in 15 minutes."


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
