"""How long a school keeps what: proposing another term, approving it by a second person, withdrawing it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.retention import repository
from nuanyang.casework.retention.errors import OutOfBounds, OwnRule, RuleDecided, RuleNotFound, RuleWaiting
from nuanyang.casework.retention.models import RetentionClass, RetentionRule
from nuanyang.casework.retention.rules import fits
from nuanyang.casework.retention.schemas import Proposal, Term, TermInput
from nuanyang.kit.clock import now
from nuanyang.kit.errors import FieldError
from nuanyang.kit.ids import new_id


async def listed(session: AsyncSession, caller: Caller) -> list[Term]:
    """Every class with the term in force, and what waits for a second person."""
    in_force, waiting = await repository.terms(session), await repository.open_proposals(session, caller.school_id)
    own = await repository.rules(session, caller.school_id, (row.rule_id for row in in_force.values() if row.rule_id))
    names = await repository.names_of(session, (*(r.approved_by for r in own.values()), *(r.created_by for r in waiting.values())))
    items = []
    for known in await repository.classes(session):
        rule, proposal = own.get(in_force[known.name].rule_id), waiting.get(known.name)
        items.append(
            Term.model_validate(
                {
                    "data_class": known.name,
                    "action": in_force[known.name].action,
                    "years": in_force[known.name].years,
                    "default_action": known.action,
                    "default_years": known.years,
                    **{name: getattr(known, name) for name in ("least", "most", "choices", "ground")},
                    "reason": rule.reason if rule else None,
                    "approved_at": rule.approved_at if rule else None,
                    "approved_by_name": names.get(rule.approved_by) if rule else None,
                    "proposal": _proposal(proposal, names, caller) if proposal else None,
                }
            )
        )
    return items


def _proposal(row: RetentionRule, names: dict[UUID | None, str], caller: Caller) -> Proposal:
    fields = {name: getattr(row, name) for name in ("id", "action", "years", "reason", "created_at")}
    return Proposal.model_validate({**fields, "created_by_name": names.get(row.created_by), "is_own": row.created_by == caller.account_id})


async def propose(session: AsyncSession, caller: Caller, wanted: TermInput) -> RetentionRule:
    """Ask for another term within the bounds; nothing changes until somebody else approves it."""
    known = await session.get_one(RetentionClass, wanted.data_class)
    if not fits(wanted.action, wanted.years, known.choices, known.least, known.most):
        bounds = f"{known.least}–{known.most}"
        raise OutOfBounds(
            errors=[
                FieldError(
                    "#/years",
                    "out_of_bounds",
                    f"这类信息只能选择系统给出的处理方式，期限为离校后 {bounds} 年。" if known.least else "这类信息依法保存，不能更改。",
                    f"Choose one of the ways offered, {bounds} years after leaving." if known.least else "The law keeps this class.",
                )
            ]
        )
    if wanted.data_class in await repository.open_proposals(session, caller.school_id):
        raise RuleWaiting
    row = RetentionRule(
        school_id=caller.school_id,
        id=new_id(),
        data_class=wanted.data_class,
        action=wanted.action,
        years=wanted.years,
        reason=wanted.reason,
        created_by=caller.account_id,
    )
    session.add(row)
    await session.flush()
    return row


async def approve(session: AsyncSession, caller: Caller, rule_id: UUID) -> None:
    """Put a proposed term in force; the database refuses its author, too."""
    row = await _waiting(session, caller, rule_id)
    if row.created_by == caller.account_id:
        raise OwnRule
    row.approved_at, row.approved_by = now(), caller.account_id
    await session.flush()


async def withdraw(session: AsyncSession, caller: Caller, rule_id: UUID) -> None:
    """Take a proposal back, or say no to it: the term in force stays."""
    row = await _waiting(session, caller, rule_id)
    row.withdrawn_at, row.withdrawn_by = now(), caller.account_id
    await session.flush()


async def _waiting(session: AsyncSession, caller: Caller, rule_id: UUID) -> RetentionRule:
    row = await session.get(RetentionRule, (caller.school_id, rule_id), with_for_update={"key_share": False})
    if row is None:
        raise RuleNotFound
    if row.approved_at is not None or row.withdrawn_at is not None:
        raise RuleDecided
    return row
