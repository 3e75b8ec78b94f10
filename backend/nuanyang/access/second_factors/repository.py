"""Queries of second factors."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.second_factors.models import OneTimeCode, SecondFactor


async def living(session: AsyncSession, account_id: UUID, *, lock: bool = False) -> SecondFactor | None:
    """The factor that counts; locked where a code is about to be used, so that it counts once only."""
    statement = select(SecondFactor).where(
        SecondFactor.account_id == account_id, SecondFactor.confirmed_at.is_not(None), SecondFactor.ended_at.is_(None)
    )
    if lock:
        statement = statement.with_for_update()
    return (await session.scalars(statement)).one_or_none()


async def waiting(session: AsyncSession, account_id: UUID) -> SecondFactor | None:
    """The enrolment that waits for its first code."""
    statement = select(SecondFactor).where(
        SecondFactor.account_id == account_id, SecondFactor.confirmed_at.is_(None), SecondFactor.ended_at.is_(None)
    )
    return (await session.scalars(statement.with_for_update())).one_or_none()


async def code(session: AsyncSession, factor_id: UUID, number: int) -> OneTimeCode | None:
    """An unused one-time code by its number, locked."""
    statement = select(OneTimeCode).where(OneTimeCode.factor_id == factor_id, OneTimeCode.number == number, OneTimeCode.used_at.is_(None))
    return (await session.scalars(statement.with_for_update())).one_or_none()


async def codes_left(session: AsyncSession, factor_id: UUID) -> int:
    """How many one-time codes are unused."""
    statement = select(func.count()).where(OneTimeCode.factor_id == factor_id, OneTimeCode.used_at.is_(None))
    return int((await session.execute(statement)).scalar_one())
