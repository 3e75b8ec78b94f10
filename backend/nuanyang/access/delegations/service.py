"""Naming a deputy for some days, and ending that early. The database holds each delegation to what is lent and to its dates."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import events
from nuanyang.access.accounts.models import RoleAssignment
from nuanyang.access.actors import Caller
from nuanyang.access.delegations import repository
from nuanyang.access.delegations.errors import DelegationNotFound, NoDeputy, NothingToLend, NotPossible, Over, PrincipalsOwn
from nuanyang.access.delegations.rules import HOLDERS_OWN, SHOWN_AFTER, date_fault, lent_role, state_of
from nuanyang.access.delegations.schemas import DelegationInput, Delegations, DelegationShown, Lendable
from nuanyang.access.permissions import CASE_ROLES
from nuanyang.kit.clock import today
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.errors import FieldError
from nuanyang.kit.ids import new_id

DAY = timedelta(days=1)
# The database's refusals: the field they are about, and what to do.
_REFUSED = {
    "delegation_other": ("deputy_staff_id", "不能授权给自己。", "Nobody is their own deputy."),
    "ck_role_assignments_not_own": ("deputy_staff_id", "不能把他人的岗位授权给自己。", "Nobody makes themself somebody's deputy."),
    "delegation_dates": ("valid_to", "不能超过该岗位本身的起止日期。", "Not beyond the days of the role itself."),
    "delegation_counsellor": (
        "deputy_staff_id",
        "心理个案只能交由本校在任的心理教师代管。",
        "A counselling case is lent to a counsellor of these days only.",
    ),
    "delegation_vice": (
        "deputy_staff_id",
        "校长的审批权只能授权给分管副校长。",
        "The vice principal stands in for the principal's approvals.",
    ),
}


async def delegate(session: AsyncSession, caller: Caller, body: DelegationInput) -> RoleAssignment:
    """Name a deputy for a role or case of one's own; an administrator for another's role, never for oneself."""
    lent = await repository.own_assignment(session, caller.school_id, body.role_id)
    if lent is None or not (lent.account_id == caller.account_id or (caller.has_duty("keep_accounts") and lent.role not in CASE_ROLES)):
        raise NothingToLend
    if lent.account_id != caller.account_id and lent.role in HOLDERS_OWN:
        raise PrincipalsOwn
    if fault := date_fault(body.valid_from, body.valid_to, today()):
        raise _refused(*fault)
    deputy = await repository.account_of(session, caller.school_id, body.deputy_staff_id)
    if deputy is None:
        raise NoDeputy(errors=[FieldError("#/deputy_staff_id", NoDeputy.code, NoDeputy.zh, NoDeputy.en)])
    row = RoleAssignment(
        school_id=caller.school_id,
        id=new_id(),
        account_id=deputy.id,
        role=lent_role(lent.role),
        scope_kind=lent.scope_kind,
        scope_id=lent.scope_id,
        scope_grade=lent.scope_grade,
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        delegated_from=lent.id,
        reason=body.reason,
        created_by=caller.account_id,
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as refusal:
        constraint = constraint_of(refusal)
        if constraint not in _REFUSED:
            raise
        field, zh, en = _REFUSED[constraint]
        raise _refused(field, constraint.removeprefix("ck_role_assignments_"), zh, en) from refusal
    events.record(session, deputy.id, "delegation_given", actor_id=caller.account_id, role=row.role, reason=body.reason)
    await session.flush()
    return row


async def end(session: AsyncSession, caller: Caller, delegation_id: UUID) -> RoleAssignment:
    """End a delegation before its last day; giver, deputy and administrator may."""
    found = await repository.delegation(session, caller.school_id, delegation_id)
    if found is None or not _may_end(caller, found[0], found[1].account_id):
        raise DelegationNotFound
    row = found[0]
    if row.valid_to is not None and row.valid_to < today():
        raise Over
    row.valid_to = today() - DAY
    row.valid_from = min(row.valid_from, row.valid_to)  # what has not begun never begins
    events.record(session, row.account_id, "delegation_ended", actor_id=caller.account_id, role=row.role)
    await session.flush()
    return row


def _may_end(caller: Caller, row: RoleAssignment, giver_id: UUID) -> bool:
    is_party = caller.account_id in (row.account_id, giver_id)
    return is_party or (caller.has_duty("keep_accounts") and row.role not in CASE_ROLES)


async def of_account(session: AsyncSession, caller: Caller, account_id: UUID) -> tuple[Delegations, list[tuple[UUID, str]]]:
    """What an account may lend, gave and received, and of which students this tells; an administrator sees no cases of others."""
    is_own = account_id == caller.account_id
    held = [
        row for row in await repository.lendable(session, caller.school_id, account_id, today()) if is_own or row.role not in CASE_ROLES
    ]
    rows = await repository.delegations(session, caller.school_id, account_id, today() - SHOWN_AFTER)
    rows = [row for row in rows if is_own or row[0].role not in CASE_ROLES]
    names = await _names(session, caller.school_id, [*held, *(row[0] for row in rows)])
    shown = [(giver_id, _shown(caller, row, giver_id, giver, deputy, names)) for row, giver_id, giver, deputy in rows]
    told = [
        (row.scope_id, "wellbeing" if row.role == "case_counsellor" else "family")
        for row in [*held, *(one[0] for one in rows)]
        if row.scope_kind == "student" and row.scope_id is not None
    ]
    found = Delegations(
        lendable=[_lendable(row, names) for row in held if is_own or row.role not in HOLDERS_OWN],
        given=[one for giver_id, one in shown if giver_id == account_id],
        received=[one for giver_id, one in shown if giver_id != account_id],
    )
    return found, told


async def _names(session: AsyncSession, school_id: UUID, rows: Sequence[RoleAssignment]) -> dict[UUID | None, str]:
    names: dict[UUID | None, str] = {}
    for kind in ("class", "student"):
        names |= await repository.scope_names(session, school_id, kind, (row.scope_id for row in rows if row.scope_kind == kind))
    return names


def _lendable(row: RoleAssignment, names: dict[UUID | None, str]) -> Lendable:
    return Lendable(
        role_id=row.id,
        role=row.role,
        scope_kind=row.scope_kind,  # type: ignore[arg-type]
        scope_grade=row.scope_grade,
        scope_name=names.get(row.scope_id),
        valid_to=row.valid_to,
    )


def _shown(caller: Caller, row: RoleAssignment, giver_id: UUID, giver: str, deputy: str, names: dict[UUID | None, str]) -> DelegationShown:
    last: date = row.valid_to or row.valid_from
    state = state_of(row.valid_from, last, today())
    return DelegationShown(
        id=row.id,
        role=row.role,
        scope_kind=row.scope_kind,  # type: ignore[arg-type]
        scope_grade=row.scope_grade,
        scope_name=names.get(row.scope_id),
        giver=giver,
        deputy=deputy,
        valid_from=row.valid_from,
        valid_to=last,
        reason=row.reason,
        state=state,
        may_end=state != "over" and _may_end(caller, row, giver_id),
    )


def _refused(field: str, code: str, zh: str, en: str) -> NotPossible:
    return NotPossible(errors=[FieldError(f"#/{field}", code, zh, en)])
