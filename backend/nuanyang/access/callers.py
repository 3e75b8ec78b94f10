"""From a bearer token to a Caller: verified once, kept by the token's full text, looked up anew every ten seconds.

So a disabled account, an ended session or a changed role is refused within ten seconds in every process, without a message between them.
"""

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment, Session
from nuanyang.access.accounts.rules import GUARDIAN
from nuanyang.access.actors import SERVICE, Caller
from nuanyang.access.permissions import CASE_ROLES, NOTHING, WHOLE, HeldRole, Scope, reach_of, reach_of_scopes
from nuanyang.access.service_accounts.models import ServiceAccount
from nuanyang.access.service_accounts.rules import networks
from nuanyang.access.tokens.jwt import SERVICE_TYPE, InvalidToken, Signer
from nuanyang.access.walls import beyond, context_of
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import NIL

FRESH_SECONDS = 10.0
# A session's last use is noted once a minute: exact enough for idle times of a quarter of an hour.
USE_NOTED = timedelta(minutes=1)
CACHE_SIZE = 10_000

# The school floor lies above this one; the program's assembly hands in how a grade becomes its classes of today, and whose guardian somebody is.
ClassesOfGrades = Callable[[AsyncSession, UUID, Iterable[int], date], Awaitable[dict[int, frozenset[UUID]]]]
WardsOf = Callable[[AsyncSession, UUID, UUID], Awaitable[frozenset[UUID]]]


class Callers:
    """The directory of who is signed in, for one process."""

    def __init__(self, database: Database, signer: Signer, classes_of_grades: ClassesOfGrades, wards_of: WardsOf) -> None:
        self._database, self._signer = database, signer
        self._classes_of_grades, self._wards_of = classes_of_grades, wards_of
        self._cache: OrderedDict[str, tuple[float, float, Caller]] = OrderedDict()
        self._notes: set[asyncio.Task[None]] = set()

    async def find(self, token: str) -> Caller | None:
        """The caller of a valid token of a living session; None for everything else."""
        known = self._cache.get(token)
        instant = time.time()
        if known is not None and instant < known[0] and instant < known[1]:
            return known[2]
        claims, caller = await self._named(token)
        if caller is None:
            self._cache.pop(token, None)
            return None
        self._cache[token] = (float(claims["exp"]), instant + FRESH_SECONDS, caller)
        while len(self._cache) > CACHE_SIZE:
            self._cache.popitem(last=False)
        return caller

    def forget(self, account_id: UUID) -> None:
        """Look an account up anew at its next request to this process: it has just got a right that it is about to use."""
        for token in [token for token, known in self._cache.items() if known[2].account_id == account_id]:
            del self._cache[token]

    async def _named(self, token: str) -> tuple[dict[str, Any], Caller | None]:
        """The claims of a token, and whom they name: a person, or a program by the token's other type."""
        try:
            claims = self._signer.claims(token)
        except InvalidToken:
            return await self._program(token)
        try:
            ids = UUID(claims["sub"]), UUID(claims["sch"]), UUID(claims["sid"])
        except (KeyError, ValueError, TypeError, AttributeError):
            return claims, None
        version = claims.get("ver")
        return claims, await self.load(*ids, version) if type(version) is int else None

    async def _program(self, token: str) -> tuple[dict[str, Any], Caller | None]:
        try:
            claims = self._signer.claims(token, typ=SERVICE_TYPE)
            account_id, school_id, scopes = UUID(claims["sub"]), UUID(claims["sch"]), frozenset(claims["scope"].split())
        except (InvalidToken, KeyError, ValueError, TypeError, AttributeError):
            return {}, None
        version = claims.get("ver")
        return claims, await self.load_program(account_id, school_id, scopes, version) if type(version) is int else None

    async def load_program(self, account_id: UUID, school_id: UUID, scopes: frozenset[str], version: int) -> Caller | None:
        """Read a program's account; None when it may not come in, or not with all of these scopes any more."""
        context = opening(account_id=account_id, school_id=school_id)
        statement = (
            select(Account, ServiceAccount)
            .join(ServiceAccount, ServiceAccount.id == Account.id)
            .where(Account.id == account_id, ServiceAccount.school_id == school_id, ServiceAccount.revoked_at.is_(None))
            .where(Account.disabled_at.is_(None), Account.session_version == version)
        )
        async with self._database.session(context) as session:
            found = (await session.execute(statement)).one_or_none()
        if found is None or not scopes or not scopes <= set(found.ServiceAccount.scopes):
            return None
        reach = reach_of_scopes(scopes)
        return Caller(
            account_id=account_id,
            school_id=school_id,
            session_id=NIL,
            display_name=found.Account.display_name,
            staff_id=None,
            roles=(),
            led_student_ids=frozenset(),
            reach=reach,
            context=context_of(account_id, school_id, reach),
            person_kind=SERVICE,
            scopes=scopes,
            networks=networks(found.ServiceAccount.addresses),
        )

    async def load(self, account_id: UUID, school_id: UUID, session_id: UUID, version: int) -> Caller | None:
        """Read the account, its session and its roles of today; None when it may not come in."""
        async with self._database.session(opening(account_id=account_id, school_id=school_id)) as session:
            return await self.load_in(session, account_id, school_id, session_id, version)

    async def load_in(self, session: AsyncSession, account_id: UUID, school_id: UUID, session_id: UUID, version: int) -> Caller | None:
        """The same in a session that is open in this account's and school's context already."""
        statement = (
            select(Account, Session)
            .join(Session, Session.account_id == Account.id)
            .where(Account.id == account_id, Session.id == session_id, Session.ended_at.is_(None), Session.expires_at > now())
            .where(Account.disabled_at.is_(None), Account.session_version == version)
        )
        found = (await session.execute(statement)).one_or_none()
        if found is None or found.Session.is_idle(now()):
            return None
        row = found.Session
        caller = await self._caller(session, found.Account, school_id, row.id, must_enrol=row.strength == "enrolling")
        if now() - found.Session.last_used_at >= USE_NOTED:
            self._note_use(session_id)
        return caller

    def _note_use(self, session_id: UUID) -> None:
        """Keep the session from idling out, beside the request and not inside of it: a full disk stops no reading."""

        async def note() -> None:
            with contextlib.suppress(Exception):
                async with self._database.session() as session:
                    unnoted = (Session.id == session_id, Session.last_used_at < now() - USE_NOTED)
                    await session.execute(update(Session).where(*unnoted).values(last_used_at=now()))

        task = asyncio.create_task(note())
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def settle(self) -> None:
        """Wait for what is being noted beside the requests."""
        await asyncio.gather(*self._notes)

    async def of_account(self, account_id: UUID, school_id: UUID) -> Caller | None:
        """Whoever an account is today, without a session: for what it has asked to be told. None when it may not come in."""
        async with self._database.session(opening(account_id=account_id, school_id=school_id)) as session:
            statement = select(Account).where(Account.id == account_id, Account.disabled_at.is_(None))
            account = (await session.scalars(statement)).one_or_none()
            return await self._caller(session, account, school_id, NIL, must_enrol=False) if account else None

    async def _caller(
        self, session: AsyncSession, account: Account, school_id: UUID, session_id: UUID, *, must_enrol: bool
    ) -> Caller | None:
        membership = (
            await session.scalars(select(Membership).where(Membership.school_id == school_id, Membership.account_id == account.id))
        ).one_or_none()
        if membership is None and not account.is_district_admin:
            return None
        held = await self._held(session, account.id, school_id)
        led, counselled = _students_of(held, "case_lead"), _students_of(held, "case_counsellor")
        roles = tuple(h for h in held if h.role not in CASE_ROLES)
        kind = membership.person_kind if membership else "staff"
        person_id = membership.person_id if membership else None
        reach = reach_of(roles, led, counselled)
        self_id = person_id if kind == "student" else None
        ward_ids: frozenset[UUID] = frozenset()
        if kind == GUARDIAN and person_id:
            async with beyond(session, "accounts"):
                ward_ids = await self._wards_of(session, school_id, person_id)
        return Caller(
            account_id=account.id,
            school_id=school_id,
            session_id=session_id,
            display_name=account.display_name,
            staff_id=person_id if kind == "staff" else None,
            roles=roles,
            led_student_ids=led,
            reach=reach,
            context=context_of(account.id, school_id, reach, self_id=self_id, ward_ids=ward_ids, person_id=person_id),
            must_change_password=account.must_change_password,
            must_enrol=must_enrol,
            is_district_admin=account.is_district_admin,
            person_kind=kind,
            person_id=person_id,
            counselled_student_ids=counselled,
            deputised_student_ids=frozenset(s for h in held if h.role in CASE_ROLES and h.is_delegated for s in h.scope.student_ids),
        )

    async def _held(self, session: AsyncSession, account_id: UUID, school_id: UUID) -> list[HeldRole]:
        day = today()
        statement = (
            select(RoleAssignment)
            .where(RoleAssignment.school_id == school_id, RoleAssignment.account_id == account_id, RoleAssignment.valid_from <= day)
            .where((RoleAssignment.valid_to.is_(None)) | (RoleAssignment.valid_to >= day))
            .order_by(RoleAssignment.valid_from)
        )
        assignments = (await session.scalars(statement)).all()
        grades = {a.scope_grade for a in assignments if a.scope_grade is not None}
        classes = await self._classes_of_grades(session, school_id, grades, day) if grades else {}
        return [HeldRole(a.role, _scope(a, classes), a.scope_kind, is_delegated=a.delegated_from is not None) for a in assignments]


def _students_of(held: Iterable[HeldRole], case_role: str) -> frozenset[UUID]:
    return frozenset(student for one in held if one.role == case_role for student in one.scope.student_ids)


def _scope(assignment: RoleAssignment, classes: dict[int, frozenset[UUID]]) -> Scope:
    if assignment.scope_kind == "school":
        return WHOLE
    if assignment.scope_kind == "grade" and assignment.scope_grade is not None:
        return Scope(class_ids=classes.get(assignment.scope_grade, frozenset()))
    if assignment.scope_id is None:
        return NOTHING
    if assignment.scope_kind == "class":
        return Scope(class_ids=frozenset({assignment.scope_id}))
    return Scope(student_ids=frozenset({assignment.scope_id}))
