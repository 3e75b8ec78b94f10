"""What is asked, word by word: the programme's text until the school writes its own."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.ids import new_id
from nuanyang.school.consents import repository
from nuanyang.school.consents.errors import TextChanged
from nuanyang.school.consents.models import ConsentText
from nuanyang.school.consents.purposes import purpose, purposes
from nuanyang.school.consents.schemas import ConsentTextInput, ConsentTexts, ConsentTextShown, Purposes, PurposeShown


async def catalogue(session: AsyncSession, caller: Caller, *, is_english: bool) -> Purposes:
    """All purposes with the texts in force."""
    items = await shown_purposes(session, caller.school_id, is_english=is_english)
    return Purposes(items=items, may_write=caller.has_duty("write_consent_texts"))


async def shown_purposes(session: AsyncSession, school_id: UUID, *, is_english: bool) -> list[PurposeShown]:
    """The same for those who only read."""
    texts = await in_force(session, school_id)
    return [
        PurposeShown(
            code=one.code,  # type: ignore[arg-type]
            name=one.en if is_english else one.zh,
            is_gate=one.is_gate,
            ground=one.ground_en if is_english else one.ground_zh,
            text=texts[one.code],
        )
        for one in purposes().values()
    ]


async def in_force(session: AsyncSession, school_id: UUID) -> Mapping[str, ConsentTextShown]:
    """The text of each purpose that is asked today."""
    kept = await repository.texts_in_force(session, school_id)
    return {code: _shown(*kept[code]) if code in kept else _programme(code) for code in purposes()}


async def history(session: AsyncSession, caller: Caller, code: str) -> ConsentTexts:
    """Every wording of a purpose."""
    purpose(code)
    kept = [_shown(*row) for row in await repository.texts_of(session, caller.school_id, code)]
    return ConsentTexts(items=kept or [_programme(code)])


async def write(session: AsyncSession, caller: Caller, code: str, seen_number: int, body: ConsentTextInput) -> ConsentTextShown:
    """Put a new wording in force; consents to the old one keep their number."""
    number = await kept_number(session, caller.school_id, code)
    expect_version(seen_number, number)
    row = ConsentText(
        school_id=caller.school_id,
        id=new_id(),
        purpose=code,
        number=number + 1,
        body=body.body,
        asks_again=body.asks_again,
        reason=body.reason,
        created_by=caller.account_id,
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as twin:  # somebody else wrote this number in the same instant
        raise TextChanged from twin
    await session.refresh(row)
    return _shown(row, caller.display_name)


async def kept_number(session: AsyncSession, school_id: UUID, code: str) -> int:
    """The number in force, its words kept in the database from now on."""
    wanted = purpose(code)
    number = await repository.newest_number(session, school_id, code)
    if number is None:
        await repository.keep_first_text(session, school_id, code, wanted.text)
        number = await repository.newest_number(session, school_id, code)
    return number or 1


def _shown(row: ConsentText, author: str | None) -> ConsentTextShown:
    return ConsentTextShown(
        number=row.number,
        body=row.body,
        asks_again=row.asks_again,
        reason=row.reason,
        created_at=row.created_at if row.created_by else None,
        created_by=author,
    )


def _programme(code: str) -> ConsentTextShown:
    return ConsentTextShown(number=1, body=purpose(code).text, asks_again=False, reason=None, created_at=None, created_by=None)
