"""One thing that is expected: what all who owe it share (`Slot`), and whose it is (`Occurrence`)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).date()


@dataclass(frozen=True, slots=True)
class Slot:
    """What one period asks for: `count` times between `opens_on` and `due_on`, late until `grace_until` (without end where None).

    `period` names the period by a day that no calendar moves (the week of 5 October: w2026-10-05); `anchor` is that day.
    """

    period: str
    anchor: date | None
    count: int
    opens_on: date
    due_on: date
    grace_until: date | None
    due_at: datetime | None = None  # of a clock: the very instant


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The `ordinal`-th (from 1) of what a slot asks for."""

    obligation: str
    ordinal: int
    slot: Slot

    @property
    def key(self) -> str:
        """Obligation, period and ordinal: the same whenever and wherever it is worked out."""
        return f"{self.obligation}/{self.slot.period}/{self.ordinal}"

    @property
    def group(self) -> tuple[str, str]:
        """What its ordinal counts within."""
        return self.obligation, self.slot.period

    @property
    def id(self) -> UUID:
        """A UUID (version 8) made from the key alone. It begins with the period's day, so that rows that are written together lie together."""
        digest = int.from_bytes(blake2b(self.key.encode(), digest_size=10).digest())
        days = 0 if self.slot.anchor is None else (self.slot.anchor - _EPOCH).days
        head = max(days, 0) * 86_400_000 << 80
        return UUID(int=(head | digest) & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62)

    @property
    def opens_on(self) -> date:
        """The first day on which a record may meet it."""
        return self.slot.opens_on

    @property
    def due_on(self) -> date:
        """The last day on which it is done in time."""
        return self.slot.due_on

    @property
    def grace_until(self) -> date | None:
        """The last day on which it may be done late."""
        return self.slot.grace_until
