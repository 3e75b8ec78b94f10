"""How long a sign-in lasts, how long a failed one makes wait, and who shows a second factor: pure decisions, no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

STAFF, GUARDIAN, STUDENT = "staff", "guardian", "student"

# Whoever leads the school, reads what children confide, or moves money shows the second factor at every sign-in: no device is trusted.
ASKED_EVERY_TIME = frozenset({"principal", "acting_principal", "counsellor", "general_affairs", "aid_officer", "admin"})
# Psychology and money: an unattended screen closes sooner.
SHORT_IDLE = frozenset({"counsellor", "general_affairs", "aid_officer"})

TRUST = timedelta(days=30)
ROTATION_GRACE = timedelta(seconds=10)
TICKET_LIFE = timedelta(minutes=5)
MOST_SESSIONS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A school in which an account is somebody; `kind` is None for a district administrator who is nobody's staff there."""

    school_id: UUID
    name: str
    roles: tuple[str, ...]
    kind: str | None
    second_factor: str


def is_student(places: Collection[Place]) -> bool:
    """Whether this is a student, who sits at the computer that a class shares: nothing of one child may be left for the next."""
    return any(place.kind == STUDENT for place in places)


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """The installation's settings, see `Settings`."""

    staff_idle: timedelta = timedelta(minutes=30)
    sensitive_idle: timedelta = timedelta(minutes=15)
    staff_whole: timedelta = timedelta(hours=12)
    family_idle: timedelta = timedelta(hours=24)
    family_whole: timedelta = timedelta(days=7)

    def of(self, kinds: Collection[str | None], roles: Collection[str]) -> tuple[timedelta, timedelta]:
        """(idle, whole) for somebody who is these kinds of person and holds these roles, in any of their schools: the strictest counts."""
        if kinds and set(kinds) <= {GUARDIAN, STUDENT}:
            return self.family_idle, self.family_whole
        return (self.sensitive_idle if SHORT_IDLE & set(roles) else self.staff_idle), self.staff_whole


@dataclass(frozen=True, slots=True)
class Brake:
    """How many failures are free, how the waiting grows after them, and after how long a pause they are forgotten.

    `counts_many`: tries at many accounts or students, so one that was right says nothing of the others.
    """

    free: int
    first: timedelta
    longest: timedelta
    forgotten_after: timedelta
    counts_many: bool = False

    def wait(self, failures: int) -> timedelta:
        """How long to wait after so many failures in a row: nothing, then twice as long each time."""
        if failures < self.free:
            return timedelta(0)
        doublings: int = 2 ** min(failures - self.free, 20)
        return min(self.longest, self.first * doublings)


_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
# Ten tries in the first quarter of an hour for one account from one place. The account's and the address's own brakes are wider: they meet
# attacks from many places, or on many accounts, and a browser in which the account has signed in before passes them, so that nobody can
# lock a colleague out, nor a class its school.
BRAKES = {
    "pair": Brake(free=5, first=timedelta(seconds=15), longest=15 * _MINUTE, forgotten_after=_DAY),
    "device": Brake(free=5, first=timedelta(seconds=15), longest=15 * _MINUTE, forgotten_after=_DAY),
    "account": Brake(free=20, first=timedelta(seconds=15), longest=15 * _MINUTE, forgotten_after=_DAY),
    "address": Brake(free=100, first=timedelta(seconds=15), longest=15 * _MINUTE, forgotten_after=timedelta(hours=1), counts_many=True),
    "own_password": Brake(free=5, first=timedelta(seconds=15), longest=15 * _MINUTE, forgotten_after=_DAY),
    "activation": Brake(free=5, first=timedelta(seconds=30), longest=60 * _MINUTE, forgotten_after=_DAY),
    "second_factor": Brake(free=5, first=timedelta(seconds=30), longest=60 * _MINUTE, forgotten_after=_DAY),
    # The end of an identity number: who knows the day of birth has some hundreds to try. By student, and by who asks about a whole class.
    "confirming": Brake(free=3, first=timedelta(seconds=60), longest=60 * _MINUTE, forgotten_after=_DAY),
    "confirmer": Brake(free=20, first=timedelta(seconds=60), longest=60 * _MINUTE, forgotten_after=_DAY, counts_many=True),
}


def needs_second_factor(places: Collection[Place], *, is_district_admin: bool) -> bool:
    """Whether this person must have a second factor: staff of a school that asks for it, and whoever looks after a district with such a school."""
    if is_district_admin:
        return not places or any(place.second_factor == "required" for place in places)
    return any(place.kind == STAFF and place.second_factor == "required" for place in places)


def may_trust_device(places: Collection[Place], *, is_district_admin: bool) -> bool:
    """Whether the second factor may be spared for thirty days in a browser this person trusts."""
    return not is_district_admin and not any(ASKED_EVERY_TIME & set(place.roles) for place in places)


def device_name(user_agent: str) -> str:
    """Chrome · Windows: what people recognise of a user agent."""
    browsers = (
        *(("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("QQBrowser", "QQ 浏览器"), ("OPR", "Opera")),
        *(("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl"), ("python", "Python")),
    )
    systems = (
        *(("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
        *(("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
    )
    found = [next((name for mark, name in table if mark in user_agent), None) for table in (browsers, systems)]
    return " · ".join(name for name in found if name)
