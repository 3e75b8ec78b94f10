"""What every printed paper says of its printing."""

from dataclasses import dataclass
from datetime import date

from nuanyang.programme.clauses import SHIPPED, Kinds


@dataclass(frozen=True, slots=True)
class Printing:
    """Where, by whom and when something is printed."""

    school: str
    by: str
    on: date
    time_zone: str
    kinds: Kinds = SHIPPED
