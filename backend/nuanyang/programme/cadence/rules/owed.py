"""What upper floors hand down to the ledger: what is owed as things stand today."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from nuanyang.programme.cadence.rules.obligations import Cadence

# What of an obligation may change while it runs, beside its stretches.
_FOLLOWS = ("class_id", "data_class", "doer_role", "doer_staff_id", "kinds", "measure_ids", "minutes", "withheld_from_staff_ids")


@dataclass(frozen=True, slots=True)
class Owed:
    """What somebody owes as things stand today; `key` names the clause or measure and whom it is owed to, and never changes."""

    key: str
    clause: str
    source: str
    subject: str
    cadence: Cadence
    since: date
    until: date | None
    kinds: tuple[str, ...]
    data_class: str = "basic"
    student_id: UUID | None = None
    class_id: UUID | None = None
    doer_role: str | None = None
    doer_staff_id: UUID | None = None
    measure_ids: tuple[UUID, ...] = ()
    minutes: int | None = None
    withheld_from_staff_ids: tuple[UUID, ...] = ()

    def columns(self) -> dict[str, Any]:
        """What the ledger keeps of it beside the stretches."""
        lists = ("kinds", "measure_ids", "withheld_from_staff_ids")
        return {name: list(getattr(self, name)) if name in lists else getattr(self, name) for name in _FOLLOWS}
