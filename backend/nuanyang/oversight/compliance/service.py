"""Compliance: in the making."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.oversight.compliance.schemas import ComplianceQuery, ComplianceShown, OccurrenceList, OccurrenceShown, OccurrencesQuery


async def shown(session: AsyncSession, caller: Caller, query: ComplianceQuery) -> ComplianceShown:
    raise NotImplementedError


async def listed(session: AsyncSession, caller: Caller, clause: str, query: OccurrencesQuery) -> OccurrenceList:
    raise NotImplementedError


async def waive(session: AsyncSession, caller: Caller, occurrence_id: UUID, reason: str) -> OccurrenceShown:
    raise NotImplementedError


async def unwaive(session: AsyncSession, caller: Caller, occurrence_id: UUID) -> OccurrenceShown:
    raise NotImplementedError
