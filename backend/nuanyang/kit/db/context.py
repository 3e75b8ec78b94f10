"""What a transaction knows about who asks: `app.*` settings that row-level security reads.

They are set by SET LOCAL as literals at every begin: a pooled connection can never carry the last caller's values, and Citus forwards
SET LOCAL to its workers but not set_config().
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from uuid import UUID

_WORD = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True, slots=True)
class Context:
    """The ready-made opening of a caller's transactions: `settings` without and `begin` with the BEGIN, `reading` for one hot read."""

    settings: str
    begin: str
    reading: str

    def at(self, origin: str) -> "Context":
        """The same from an internet address, which the record of who did and saw what keeps; anything else leaves it unknown."""
        try:
            address = ip_address(origin).compressed.partition("%")[0]
        except ValueError:
            return self
        return _context(f"{self.settings}; SET LOCAL app.origin = '{address}'")


def _context(settings: str) -> Context:
    # What a read leaves in the record need not be on the disk before the answer leaves: a crash may cost the last blink of it.
    return Context(settings, f"BEGIN; {settings}", f"BEGIN; {settings}; SET LOCAL synchronous_commit = off")


def opening(*, account_id: UUID | None = None, school_id: UUID | None = None, purpose: str = "request") -> Context:
    """The context of one account in one school; None leaves it empty, and an empty value sees no row of any school."""
    if not _WORD.fullmatch(purpose):
        raise ValueError(f"not a purpose: {purpose!r}")
    values: Sequence[tuple[str, object]] = (("account_id", account_id or ""), ("school_id", school_id or ""), ("purpose", purpose))
    # Safe as literals: a UUID prints only hexadecimal digits and hyphens, a purpose only small letters.
    settings = "; ".join(f"SET LOCAL app.{name} = '{value}'" for name, value in values)
    return _context(settings)


NO_CONTEXT = opening()
