"""Accounts made and changed by a school's administrator, or from the roster. An administrator never chooses or sees a lasting password."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import events, passwords, repository
from nuanyang.access.accounts.devices import forget_devices
from nuanyang.access.accounts.errors import RoleNotPossible, UsernameTaken
from nuanyang.access.accounts.models import Account, Membership, RoleAssignment
from nuanyang.access.accounts.schemas import AccountInput, AccountRow, PersonKind, RoleInput, RoleRow
from nuanyang.access.actors import Caller
from nuanyang.access.permissions import ROLE_SCOPES
from nuanyang.access.second_factors import service as second_factors
from nuanyang.access.second_factors.errors import NoSecondFactor
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import Conflict, FieldError, NotFound
from nuanyang.kit.ids import new_id

FIRST_PASSWORD_LIFE = timedelta(hours=72)
# A class comes to the computer room once a week, and somebody is always ill that day.
STUDENT_FIRST_PASSWORD_LIFE = timedelta(days=14)
LONGEST_DUTY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Who gets an account, as which person of the school, with which roles from the start."""

    username: str
    display_name: str
    person_id: UUID | None = None
    person_kind: str = "staff"
    roles: Sequence[RoleInput] = ()


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """Who opens an account by themselves, with the password of their choice, already hashed."""

    account_id: UUID
    username: str
    display_name: str
    person_kind: str
    person_id: UUID
    password_hash: str


class OwnAccount(Conflict):
    """Administrators do not lock themselves out, nor give themselves rights."""

    code, zh, en = (
        "own_account",
        "不能对自己的账号执行此操作，请由另一位管理员办理。",
        "Not on your own account; ask another administrator.",
    )


async def create_accounts(
    session: AsyncSession, school_id: UUID, wanted: Sequence[NewAccount], by: UUID | None
) -> list[tuple[Account, str, datetime]]:
    """Several new accounts; their passwords are hashed side by side."""
    firsts = [passwords.first_password() for _ in wanted]
    hashes = await asyncio.gather(*(passwords.hash_password(first) for first in firsts))
    return [await _create(session, school_id, *made, by) for made in zip(wanted, firsts, hashes, strict=True)]


async def create_account(session: AsyncSession, school_id: UUID, body: AccountInput, by: UUID | None) -> tuple[Account, str, datetime]:
    """A new account with a one-time first password, returned once."""
    one = NewAccount(body.username, body.display_name, person_id=body.staff_id, roles=body.roles)
    return (await create_accounts(session, school_id, [one], by))[0]


async def _create(
    session: AsyncSession, school_id: UUID, one: NewAccount, first: str, password_hash: str, by: UUID | None
) -> tuple[Account, str, datetime]:
    if await repository.account_by_username(session, one.username) is not None:
        raise UsernameTaken
    expires_at = now() + _life(one.person_kind)
    account = Account(
        id=new_id(),
        username=one.username,
        display_name=one.display_name,
        password_hash=password_hash,
        must_change_password=True,
        initial_password_expires_at=expires_at,
        created_at=now(),
    )
    session.add(account)
    try:
        await session.flush()
    except IntegrityError as twin:  # the same name in the same instant
        raise UsernameTaken from twin
    session.add(Membership(school_id=school_id, account_id=account.id, person_kind=one.person_kind, person_id=one.person_id))
    for role in one.roles:
        session.add(_assignment(school_id, account.id, role, by))
    # Whoever was named case lead before they had an account gets the rights with it.
    led = await repository.cases_led(session, school_id, one.person_id) if one.person_id and one.person_kind == "staff" else ()
    for student_id in led:
        session.add(_assignment_of_case(school_id, account.id, student_id, by))
    await session.flush()
    return account, first, expires_at


async def open_chosen_account(session: AsyncSession, school_id: UUID, one: OwnChoice, address: str) -> Account:
    """The account of somebody who has shown who they are by other means than a first password."""
    account = Account(
        id=one.account_id,
        username=one.username,
        display_name=one.display_name,
        password_hash=one.password_hash,
        must_change_password=False,
        created_at=now(),
    )
    session.add(account)
    try:
        await session.flush()
        session.add(Membership(school_id=school_id, account_id=account.id, person_kind=one.person_kind, person_id=one.person_id))
        await session.flush()
    except IntegrityError as twin:  # the same name, or the same person, in the same instant
        raise UsernameTaken from twin
    events.record(session, account.id, "activated", address=address)
    return account


def _life(person_kind: str) -> timedelta:
    return STUDENT_FIRST_PASSWORD_LIFE if person_kind == "student" else FIRST_PASSWORD_LIFE


async def reset_password(session: AsyncSession, caller: Caller, account_id: UUID) -> tuple[Account, str, datetime]:
    """A new one-time password; all sessions end."""
    account, membership = await _member(session, caller, account_id)
    first = passwords.first_password()
    account.password_hash = await passwords.hash_password(first)
    expires_at = now() + _life(membership.person_kind)
    account.must_change_password, account.initial_password_expires_at = True, expires_at
    await _forget_tokens(session, account, "password_reset")
    await forget_devices(session, account.id)
    _record(session, caller, account, "password_reset")
    return account, first, expires_at


async def set_disabled(session: AsyncSession, caller: Caller, account_id: UUID, is_disabled: bool) -> Account:
    """Lock an account out within ten seconds, or let it in again."""
    account, _ = await _member(session, caller, account_id)
    account.disabled_at = now() if is_disabled else None
    await _forget_tokens(session, account, "disabled")
    _record(session, caller, account, "disabled" if is_disabled else "enabled")
    return account


async def end_sessions(session: AsyncSession, caller: Caller, account_id: UUID) -> int:
    """Sign somebody out everywhere."""
    account = (await _member(session, caller, account_id))[0]
    ended = await _forget_tokens(session, account, "ended_by_admin")
    _record(session, caller, account, "sessions_ended", count=ended)
    return ended


async def reset_second_factor(session: AsyncSession, caller: Caller, account_id: UUID, reason: str) -> None:
    """Take a lost second factor away; the next sign-in enrols a new one. The reason is kept."""
    account = (await _member(session, caller, account_id))[0]
    ended = await second_factors.reset(session, account.id)
    if ended is None:
        raise NoSecondFactor
    await forget_devices(session, account.id)
    await _forget_tokens(session, account, "second_factor_reset")
    _record(session, caller, account, "second_factor_reset", reason=reason, factor=ended)


async def set_sign_in_policy(session: AsyncSession, caller: Caller, second_factor: str, reason: str) -> None:
    """Whether the school's staff need a second factor."""
    await repository.set_second_factor(session, caller.school_id, second_factor)
    facts: dict[str, Any] = {"second_factor": second_factor, "reason": reason, "school_id": str(caller.school_id)}
    events.record(session, caller.account_id, "sign_in_policy_changed", **facts)


async def give_role(session: AsyncSession, caller: Caller, account_id: UUID, body: RoleInput) -> None:
    """Give a dated role; never to oneself, and never to a student or a guardian: they have themselves and their own, and nothing more."""
    account, membership = await _member(session, caller, account_id)
    if membership.person_kind != "staff":
        raise RoleNotPossible(
            errors=[FieldError("#/role", "not_staff", "岗位只能分配给教职工账号。", "Roles are for the accounts of staff.")]
        )
    session.add(_assignment(caller.school_id, account.id, body, caller.account_id))
    account.session_version += 1
    _record(session, caller, account, "role_given", role=body.role)
    await session.flush()


async def end_role(session: AsyncSession, caller: Caller, account_id: UUID, role_id: UUID) -> None:
    """End a role today; it is kept with its dates. One that has not begun yet ends before it begins: as of its first day."""
    account, _ = await _member(session, caller, account_id)
    row = await session.get(RoleAssignment, (caller.school_id, role_id))
    if row is None or row.account_id != account.id:
        raise NotFound
    yesterday = today() - timedelta(days=1)
    row.valid_to = max(yesterday, row.valid_from) if row.valid_from <= yesterday else row.valid_from
    if row.valid_from >= today():
        row.valid_from = row.valid_to = yesterday
    account.session_version += 1
    _record(session, caller, account, "role_ended", role=row.role)
    await session.flush()


async def shown(session: AsyncSession, school_id: UUID, rows: Sequence[tuple[Account, Membership]]) -> list[AccountRow]:
    """Accounts with their roles and the names of the scopes."""
    roles = await repository.roles_of(session, school_id, [a.id for a, _ in rows])
    names = await repository.class_names(
        session, school_id, {r.scope_id for rs in roles.values() for r in rs if r.scope_kind == "class" and r.scope_id}
    )
    return [_row(account, membership, [_role_row(r, names) for r in roles.get(account.id, [])]) for account, membership in rows]


def _row(account: Account, membership: Membership, roles: list[RoleRow]) -> AccountRow:
    return AccountRow(
        id=account.id,
        username=account.username,
        display_name=account.display_name,
        person_kind=cast("PersonKind", membership.person_kind),
        staff_id=membership.person_id if membership.person_kind == "staff" else None,
        is_disabled=account.disabled_at is not None,
        must_change_password=account.must_change_password,
        created_at=account.created_at,
        roles=roles,
    )


def _role_row(row: RoleAssignment, names: dict[UUID, str]) -> RoleRow:
    # A grade has no name of its own here: grade 10 is 高一 to some and 十年级 to nobody.
    name = names.get(row.scope_id) if row.scope_id else None
    return RoleRow(
        id=row.id,
        role=row.role,
        scope_kind=row.scope_kind,
        scope_id=row.scope_id,
        scope_grade=row.scope_grade,
        scope_name=name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _assignment(school_id: UUID, account_id: UUID, body: RoleInput, by: UUID | None) -> RoleAssignment:
    if body.role not in ROLE_SCOPES or body.role in ("district_admin", "acting_principal") or body.scope_kind not in ROLE_SCOPES[body.role]:
        raise RoleNotPossible(
            errors=[FieldError("#/role", "role_not_possible", "该角色不存在或不能使用此范围。", "No such role, or not with this scope.")]
        )
    needs_id, needs_grade = body.scope_kind in ("class", "student"), body.scope_kind == "grade"
    if needs_id != (body.scope_id is not None) or needs_grade != (body.scope_grade is not None):
        raise RoleNotPossible(
            errors=[FieldError("#/scope_id", "scope_missing", "请选择范围（年级或班级）。", "Choose the grade or class of this role.")]
        )
    starts = body.valid_from or today()
    if body.valid_to is not None and body.valid_to < starts:
        raise RoleNotPossible(errors=[FieldError("#/valid_to", "before_start", "结束日期早于开始日期。", "The end lies before the start.")])
    if body.role == "crisis_duty" and (body.valid_to is None or body.valid_to > starts + LONGEST_DUTY):
        zh, en = "危机值班须填结束日期，最长 31 天。", "Crisis duty has a last day, within 31 days."
        raise RoleNotPossible(errors=[FieldError("#/valid_to", "duty_too_long", zh, en)])
    return RoleAssignment(
        school_id=school_id,
        account_id=account_id,
        role=body.role,
        scope_kind=body.scope_kind,
        scope_id=body.scope_id,
        scope_grade=body.scope_grade,
        valid_from=starts,
        valid_to=body.valid_to,
        created_by=by,
    )


def _assignment_of_case(school_id: UUID, account_id: UUID, student_id: UUID, by: UUID | None) -> RoleAssignment:
    return RoleAssignment(
        school_id=school_id,
        account_id=account_id,
        role="case_lead",
        scope_kind="student",
        scope_id=student_id,
        valid_from=today(),
        created_by=by,
    )


async def expect_member(session: AsyncSession, caller: Caller, account_id: UUID) -> None:
    """Refuse (404) an account that is none of this school."""
    await _member(session, caller, account_id)


async def _member(session: AsyncSession, caller: Caller, account_id: UUID) -> tuple[Account, Membership]:
    """Another account of this school; nobody administers their own."""
    found = await repository.member(session, caller.school_id, account_id)
    if found is None:
        raise NotFound
    if account_id == caller.account_id:
        raise OwnAccount
    return found


async def _forget_tokens(session: AsyncSession, account: Account, reason: str) -> int:
    account.session_version += 1
    ended = await repository.end_sessions(session, account.id, reason)
    await session.flush()
    return ended


def _record(session: AsyncSession, caller: Caller, account: Account, kind: str, **facts: Any) -> None:
    events.record(session, account.id, kind, actor_id=caller.account_id, **facts)
