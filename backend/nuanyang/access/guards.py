"""Route guards: who is asking, may they, and the session in which it happens."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import SERVICE, Caller
from nuanyang.access.idempotency import claim_key
from nuanyang.access.permissions import CLASS_CATEGORY, DUTIES
from nuanyang.kit.db import NO_CONTEXT, Context, Database
from nuanyang.kit.errors import FieldError, Forbidden, Invalid, NotSignedIn, PreconditionFailed, PreconditionRequired
from nuanyang.kit.query import refuse_unknown_parameters


@dataclass(frozen=True, slots=True)
class Needs:
    """What a guard asks of the caller, as data: for the contract, docs/permissions.md and the tests that walk the operations."""

    kind: Literal["right", "roles", "person", "cases", "staff", "signed_in", "any"]
    right: tuple[str, str] | None = None  # action, data class
    actions: tuple[str, ...] = ()  # any of them, on a case of any class
    roles: tuple[str, ...] = ()
    duty: str | None = None  # what these roles do
    scope: str | None = None  # of a program
    person: str | None = None
    is_whole: bool = False  # the right over the whole school
    several: tuple["Needs", ...] = ()  # any of them

    def is_met_by(self, caller: Caller) -> bool:
        """Whether this caller comes past the guard."""
        if self.kind == "any":
            return any(one.is_met_by(caller) for one in self.several)
        if self.right is not None:
            return self._reaches(caller, self.right[1], self.right[0]) and self.person in (None, caller.person_kind)
        if self.kind == "roles":
            is_program = self.scope is not None and self.scope in caller.scopes
            return caller.has_role(*self.roles) or ("district_admin" in self.roles and caller.is_district_admin) or is_program
        if self.kind == "person":
            return caller.person_kind == self.person and caller.person_id is not None
        if self.kind == "cases":
            return any(self._reaches(caller, data_class, action) for data_class in CLASS_CATEGORY for action in self.actions)
        return self.kind != "staff" or caller.person_kind == "staff"

    def _reaches(self, caller: Caller, data_class: str, action: str) -> bool:
        scope = caller.scope(data_class, action)
        return scope.whole if self.is_whole else bool(scope)

    def shown(self) -> dict[str, Any]:
        """As the contract says it."""
        facts = {
            "roles": list(self.roles),
            "duty": self.duty,
            "actions": list(self.actions),
            "program_scope": self.scope,
            "person": self.person,
            "over": "school" if self.is_whole else None,
            "of": [one.shown() for one in self.several],
        }
        if self.right:
            facts |= {"action": self.right[0], "data_class": self.right[1]}
        return {"kind": self.kind} | {name: value for name, value in facts.items() if value}


_NEEDS: dict[Any, Needs] = {}


def needs_of(call: Any) -> Needs | None:
    """What a dependency of a route asks of the caller; None where it is no guard."""
    return _NEEDS.get(call)


def _guard(needs: Needs) -> Callable[[Request], Awaitable[Caller]]:
    async def guard(request: Request) -> Caller:
        caller = await current_caller(request)
        if not needs.is_met_by(caller):
            raise Forbidden
        return caller

    _NEEDS[guard] = needs
    return guard


class PasswordChangeRequired(Forbidden):
    """A first password only lets in to change it."""

    code, zh, en = "password_change_required", "首次登录请先修改密码。", "Please change your first password."


class SecondFactorRequired(Forbidden):
    """This session is only good for enrolling a second factor."""

    code, zh, en = "second_factor_required", "请先设置动态验证码。", "Please set up your second factor first."


def database(request: Request) -> Database:
    """The process's database."""
    return request.app.state.database  # type: ignore[no-any-return]


def context_of(request: Request) -> Context:
    """The context of this request's transactions: who asks, in which school, from where."""
    caller: Caller | None = request.scope.get("caller")
    return caller.context_at(request.client.host if request.client else None) if caller else NO_CONTEXT


async def signed_in(request: Request) -> Caller:
    """Anybody signed in, even with a first password still to change. For `/me` and the password itself.

    Every guard begins here, so here unknown query parameters are refused: after who is asking, before whether they may.
    """
    caller: Caller | None = request.scope.get("caller")
    if caller is None:
        raise NotSignedIn(headers={"WWW-Authenticate": "Bearer"})
    refuse_unknown_parameters(request)
    return caller


async def current_caller(request: Request) -> Caller:
    """The signed-in caller; refuses nobody for lack of a right: the service and its SQL decide that."""
    caller = await signed_in(request)
    if caller.must_change_password:
        raise PasswordChangeRequired
    if caller.must_enrol:
        raise SecondFactorRequired
    return caller


async def signed_in_person(request: Request) -> Caller:
    """A person signed in, however new; a program has no password, sessions or second factor of its own."""
    caller = await signed_in(request)
    if caller.person_kind == SERVICE:
        raise Forbidden
    return caller


def requires(
    action: str, data_class: str, *, over_school: bool = False, person: str | None = None
) -> Callable[[Request], Awaitable[Caller]]:
    """A guard: the caller holds this right for at least some student; which ones, the query decides. Or they hold it over the whole school."""
    return _guard(Needs("right", right=(action, data_class), is_whole=over_school, person=person))


def requires_any(*guards: Callable[[Request], Awaitable[Caller]]) -> Callable[[Request], Awaitable[Caller]]:
    """A guard: the caller comes past one of these."""
    return _guard(Needs("any", several=tuple(_NEEDS[guard] for guard in guards)))


def requires_duty(name: str, *, scope: str | None = None) -> Callable[[Request], Awaitable[Caller]]:
    """A guard: the caller holds one of the roles whose duty it is (district administrators only where named), or is a program with this scope."""
    return _guard(Needs("roles", roles=DUTIES[name], duty=name, scope=scope))


def requires_person(kind: str) -> Callable[[Request], Awaitable[Caller]]:
    """A guard: the account belongs to a person of this kind; students and guardians hold no roles, only themselves and their own."""
    return _guard(Needs("person", person=kind))


def requires_cases(*actions: str, over_school: bool = False) -> Callable[[Request], Awaitable[Caller]]:
    """A guard: the caller holds one of these actions on cases of some class, for at least one student or over the whole school."""
    return _guard(Needs("cases", actions=actions, is_whole=over_school))


# Anybody on the staff: what is no student's data, and yet in words that are not for students and guardians.
requires_staff = _guard(Needs("staff"))
_NEEDS |= {call: Needs("signed_in") for call in (signed_in, current_caller, signed_in_person)}


async def _public(request: Request) -> None:
    """Marks a route that needs no sign-in."""
    refuse_unknown_parameters(request)


public = Depends(_public)
StaffCaller = Annotated[Caller, Depends(requires_staff)]
SignedIn = Annotated[Caller, Depends(signed_in)]
Person = Annotated[Caller, Depends(signed_in_person)]
CurrentCaller = Annotated[Caller, Depends(current_caller)]


@asynccontextmanager
async def session_of(request: Request) -> AsyncIterator[AsyncSession]:
    """A session in the caller's context that knows its operation, as the contract and the record name it; committed at the end."""
    async with database(request).session(context_of(request)) as session:
        session.info["operation"] = request.scope["route"].operation_id
        yield session


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    """The session of this request, committed before the answer leaves."""
    async with session_of(request) as session:
        await claim_key(request, session)
        yield session


# scope="function": with the default scope the answer would leave before the commit.
DbSession = Annotated[AsyncSession, Depends(get_session, scope="function")]


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


async def if_match(
    request: Request,
    value: Annotated[str | None, Header(alias="If-Match", description="The ETag of the version you changed.")] = None,
) -> int:
    """The version the caller saw. 428 when missing, 422 when not one of ours; who is not signed in is told that first."""
    await signed_in(request)
    if value is None:
        raise PreconditionRequired
    text = value.strip().removeprefix("W/").strip('"')
    if not text.isdecimal() or len(text) > 9:
        raise Invalid(
            errors=[FieldError("#/header/If-Match", "bad_etag", "If-Match 不是有效的版本号。", "If-Match is not an ETag of ours.")]
        )
    return int(text)


IfMatch = Annotated[int, Depends(if_match)]


def expect_version(seen: int, actual: int) -> None:
    """Refuse a change made on an older version."""
    if seen != actual:
        raise PreconditionFailed(extra={"current_version": actual})


def json_bytes(body: str | bytes | None, **headers: str) -> Response:
    """JSON that PostgreSQL built, sent as it is."""
    return Response(body, media_type="application/json", headers=headers or None)
