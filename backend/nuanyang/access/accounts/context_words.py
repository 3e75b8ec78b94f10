"""What others know of a person and would try first: account, names, numbers, birthday, phone, school. No new password may hold it."""

import asyncio
import re
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller

# The tables of people belong to the floor above: read as plain SQL, each with the columns it has.
_STATEMENTS = {
    "staff": "select name, pinyin, staff_number as number, phone, null::date as birth_on from staff where school_id = :school and id = :id",
    "guardian": "select name, null as pinyin, null as number, phone, null::date as birth_on from guardians where school_id = :school and id = :id",
    "student": "select s.name, s.pinyin, s.student_number as number, c.phone, s.birth_on from students s"
    " left join student_contacts c on c.school_id = s.school_id and c.id = s.id where s.school_id = :school and s.id = :id",
}
_KIND_OF_SCHOOL = re.compile(r"(九年一贯制|完全|高级|初级|实验|职业|中心)*(学校|中学|小学|高中|初中|学院|幼儿园)$")


async def context_words(session: AsyncSession, caller: Caller, account: Account) -> list[str]:
    """The words of this person in this school."""
    words = [*re.split(r"[._@-]", account.username), account.username, account.display_name]
    return words + await words_of(session, caller.school_id, caller.person_kind, caller.person_id)


async def words_of(session: AsyncSession, school_id: UUID, kind: str, person_id: UUID | None) -> list[str]:
    """The words of somebody who may have no account yet, and of their school."""
    words = await _person_words(session, school_id, kind, person_id)
    school = (await session.execute(text("select name, code from schools where id = :id"), {"id": school_id})).one()
    short = _KIND_OF_SCHOOL.sub("", school.name)
    return [*words, school.name, school.code, short, await asyncio.to_thread(_spelled, short)]


async def _person_words(session: AsyncSession, school_id: UUID, kind: str, person_id: UUID | None) -> list[str]:
    if person_id is None or kind not in _STATEMENTS:
        return []
    row = (await session.execute(text(_STATEMENTS[kind]), {"school": school_id, "id": person_id})).one_or_none()
    if row is None:
        return []
    phone = re.sub(r"\D", "", row.phone or "")
    return [row.name, row.pinyin or "", row.number or "", phone, phone[-8:], *_days(row.birth_on)]


def _days(day: date | None) -> list[str]:
    return [] if day is None else [f"{day:%Y%m%d}", f"{day:%y%m%d}", f"{day:%Y-%m-%d}", f"{day:%d%m%Y}", f"{day.year}{day.month}{day.day}"]


def _spelled(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary takes a moment to load, and few requests need it

    return "".join(lazy_pinyin(name))
