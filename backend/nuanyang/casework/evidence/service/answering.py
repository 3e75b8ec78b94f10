"""Answering what a student told by themselves: somebody says in a few words what was done, and the student sees that it was heard."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.evidence import policy, repository
from nuanyang.casework.evidence.errors import AlreadyAnswered, AlreadyWithdrawn, EvidenceNotFound, NothingToAnswer
from nuanyang.casework.evidence.models import Evidence
from nuanyang.kit.clock import now


async def answer(session: AsyncSession, caller: Caller, evidence_id: UUID, note: str) -> Evidence:
    """Note what was done about a student's own report; who may read it may answer it, once."""
    found = await repository.one(session, caller, evidence_id, lock=True)
    if found is None:
        raise EvidenceNotFound
    evidence = found[0]
    if not policy.is_own_words(evidence):
        raise NothingToAnswer
    if evidence.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if evidence.answered_at is not None:
        raise AlreadyAnswered
    evidence.answered_at, evidence.answered_by, evidence.answered_note = now(), caller.account_id, note
    await session.flush()
    return evidence


async def count_unanswered(session: AsyncSession, caller: Caller) -> int:
    """How many reports of students wait for somebody: the count of the list `unanswered`."""
    return await repository.count(session, caller, repository.Filters(is_unanswered=True))
