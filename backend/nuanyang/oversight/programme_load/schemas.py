"""How the load of an edition is shown."""

from typing import Literal
from uuid import UUID

from nuanyang.kit.schemas import Output


class LoadPart(Output):
    """One clause's minutes a week."""

    clause: str
    minutes: int


class PersonLoadShown(Output):
    """One person in the month in which they would have most to do."""

    staff_id: UUID
    name: str
    minutes: int
    month: int
    is_too_much: bool
    parts: list[LoadPart]


class BalanceShown(Output):
    """What it asks for against what there is: hours a week, or volunteers; null where the school has not said."""

    what: Literal["tutor_hours", "volunteers", "counsellor_hours"]
    needed: float
    available: float | None
    is_short: bool


class LoadShown(Output):
    """The load preview. `too_much`: minutes a week above which a person is warned about."""

    too_much: int
    people: list[PersonLoadShown]
    overloaded: int
    balances: list[BalanceShown]
    uncovered: list[LoadPart]
