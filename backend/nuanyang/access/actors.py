"""Who asks: one account in one school, with everything the access policy needs, worked out once and kept for seconds."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from uuid import UUID

from nuanyang.access.permissions import DATA_CLASSES, DUTIES, NOTHING, ON_CASE, RECORDED_CLASSES, ROLES, HeldRole, Reach, Scope
from nuanyang.kit.db import Context

MOST_REMEMBERED = 64
# The kind of person a program is: none. It has scopes instead of roles.
SERVICE = "service"
# The ground of what is held as somebody's deputy.
DELEGATION = "delegation"


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in account in one school. `context` opens its transactions; `reach` says what it may."""

    account_id: UUID
    school_id: UUID
    session_id: UUID
    display_name: str
    staff_id: UUID | None
    roles: tuple[HeldRole, ...]
    led_student_ids: frozenset[UUID]
    reach: Reach
    context: Context
    time_zone: str = "Asia/Shanghai"
    must_change_password: bool = False
    must_enrol: bool = False
    is_district_admin: bool = False
    person_kind: str = "staff"
    person_id: UUID | None = None
    scopes: frozenset[str] = frozenset()  # a program's
    counselled_student_ids: frozenset[UUID] = frozenset()  # whose clinical file is theirs
    deputised_student_ids: frozenset[UUID] = frozenset()  # of the cases, those they hold as somebody's deputy
    networks: tuple[IPv4Network | IPv6Network, ...] = ()  # from where a program may come; none means anywhere
    _readable: dict[tuple[UUID | None, UUID | None], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _cases: dict[tuple[UUID | None, UUID | None], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    # What upper floors work out once a caller (the SQL of their rights), by a name of their own.
    memo: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    def scope(self, data_class: str, action: str = "read") -> Scope:
        """Which students this right reaches."""
        return self.reach.of(data_class, action)

    def may(self, action: str, data_class: str, class_id: UUID | None = None, student_id: UUID | None = None) -> bool:
        """Whether this caller may do it for this student (give the student's current class and id)."""
        return self.reach.of(data_class, action).covers(class_id, student_id)

    def readable(self, class_id: UUID | None, student_id: UUID | None = None) -> frozenset[str]:
        """The data classes of this student that the caller may read."""
        key = (class_id, self._own_case(student_id))
        if key not in self._readable:
            self._readable[key] = frozenset(c for c in DATA_CLASSES if self.may("read", c, class_id, student_id))
        return self._readable[key]

    def cases(self, class_id: UUID | None, student_id: UUID | None = None) -> frozenset[str]:
        """The data classes of this student's case records that the caller may see."""
        key = (class_id, self._own_case(student_id))
        if key not in self._cases:
            self._cases[key] = frozenset(c for c in DATA_CLASSES if self.may("cases", c, class_id, student_id))
        return self._cases[key]

    def _own_case(self, student_id: UUID | None) -> UUID | None:
        """The student, where a case of theirs gives rights that their class does not."""
        return student_id if student_id in self.led_student_ids or student_id in self.counselled_student_ids else None

    def hidden(self, class_id: UUID | None, student_id: UUID | None = None) -> list[str]:
        """The data classes of this student that exist but are not for this caller: named, never silently left out."""
        readable = self.readable(class_id, student_id)
        return [c for c in DATA_CLASSES if c not in readable and c not in ("money", "volunteering")]

    def has_role(self, *names: str) -> bool:
        """Whether one of these roles is held, in any scope."""
        return any(held.role in names for held in self.roles)

    def has_duty(self, name: str) -> bool:
        """Whether one of the duty's roles is held, in any scope."""
        roles = DUTIES[name]
        return self.has_role(*roles) or ("district_admin" in roles and self.is_district_admin)

    def ground(self, *student_ids: UUID) -> tuple[str, ...]:
        """Why this caller may see protected data, for the record: the roles that open some, the cases held of one of these students, and whether
        any of it is held as somebody's deputy."""
        if self.person_kind != "staff":  # a program by its scopes, students and guardians as who they are
            return tuple(sorted(self.scopes)) if self.person_kind == SERVICE else (self.person_kind,)
        known = self.memo.get("ground")
        if known is None:
            opens = ON_CASE.keys() | {name for name, rights in ROLES.items() if any("read" in rights.get(c, ()) for c in RECORDED_CLASSES)}
            opening = [held for held in self.roles if held.role in opens]
            known = self.memo["ground"] = tuple(sorted({held.role for held in opening} | _deputy(any(h.is_delegated for h in opening))))
        roles: tuple[str, ...] = known  # type: ignore[assignment]
        cases = (("case_lead", self.led_student_ids), ("case_counsellor", self.counselled_student_ids))
        of_cases = [role for role, mine in cases if not mine.isdisjoint(student_ids)]
        if not of_cases:
            return roles
        return tuple(dict.fromkeys((*roles, *of_cases, *_deputy(not self.deputised_student_ids.isdisjoint(student_ids)))))

    def context_at(self, origin: str | None) -> Context:
        """The context of a request from this address."""
        key = f"context {origin}"
        known = self.memo.get(key)
        if not isinstance(known, Context):
            known = self.context.at(origin) if origin else self.context
            if len(self.memo) < MOST_REMEMBERED:
                self.memo[key] = known
        return known

    def duty_scope(self, name: str) -> Scope:
        """The scope over which one of the duty's roles is held."""
        return self.role_scope(*DUTIES[name])

    def role_scope(self, *names: str) -> Scope:
        """The scope over which one of these roles is held."""
        scope = NOTHING
        for held in self.roles:
            if held.role in names:
                scope = scope | held.scope
        return scope


def _deputy(is_one: bool) -> set[str]:
    return {DELEGATION} if is_one else set()
