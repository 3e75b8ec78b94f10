"""What a transaction knows about who asks: `app.*` settings that row-level security reads.

They are set by SET LOCAL as literals at every begin: a pooled connection can never carry the last caller's values, and Citus forwards
SET LOCAL to its workers but not set_config().
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from types import MappingProxyType
from uuid import UUID

_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
# What walls are made of: words, ids, numbers, spaces and the signs of an array; nothing that could end a literal.
_PLAIN = re.compile(r"[a-z0-9_:,{} \-]*")
_NONE: Mapping[str, str] = MappingProxyType({})
# The settings that hold words for what somebody has over the whole school, and all the words: what these mean, access/walls.py knows.
KINDS = ("reads", "cases", "reasons", "results", "keeps", "writes")
EVERYTHING = "basic contact identity academic economic family protection health support_needs wellbeing clinical volunteering money any"
# Work of the program itself, which sees every row of its school: each names its purpose, and the record keeps it.
TRUSTED = frozenset({"job", "import", "keys", "command", "demo", "activation"})


@dataclass(frozen=True, slots=True)
class Context:
    """The ready-made opening of a caller's transactions: `settings` without and `begin` with the BEGIN, `reading` for one hot read."""

    settings: str
    begin: str
    reading: str
    whole: Mapping[str, str] = field(repr=False)

    def at(self, origin: str) -> "Context":
        """The same from an internet address, which the record of who did and saw what keeps; anything else leaves it unknown."""
        try:
            address = ip_address(origin).compressed.partition("%")[0]
        except ValueError:
            return self
        return _context(f"SET LOCAL app.origin = '{address}'; {self.settings}", self.whole)


def _context(settings: str, whole: Mapping[str, str]) -> Context:
    # What a read leaves in the record need not be on the disk before the answer leaves: a crash may cost the last blink of it.
    return Context(settings, f"BEGIN; {settings}", f"BEGIN; SET LOCAL synchronous_commit = off; {settings}", whole)


def whole_settings(whole: Mapping[str, str]) -> str:
    """SET LOCAL for each kind of wall."""
    return "; ".join(f"SET LOCAL app.{kind} = '{whole[kind]}'" for kind in KINDS)


def opening(
    *,
    account_id: UUID | None = None,
    school_id: UUID | None = None,
    purpose: str = "request",
    walls: Mapping[str, str] = _NONE,
    then: str = "",
) -> Context:
    """The context of one account in one school; None leaves it empty, and an empty value sees no row of any school.

    Within the school, `walls` say what is seen (`access/walls.py` makes them of somebody's rights, `then` is the statement that completes
    them); without any, nothing about a student is, unless the purpose is one of the program's own.
    """
    if not _WORD.fullmatch(purpose):
        raise ValueError(f"not a purpose: {purpose!r}")
    if wrong := [name for name, value in walls.items() if not _WORD.fullmatch(name) or not _PLAIN.fullmatch(value)]:
        raise ValueError(f"not plain: {wrong}")
    whole = {kind: EVERYTHING if purpose in TRUSTED else walls.get(kind, "") for kind in KINDS}
    others = {name: value for name, value in walls.items() if name not in KINDS}
    values = {"account_id": account_id or "", "school_id": school_id or "", "purpose": purpose} | others
    # Safe as literals: a UUID prints only hexadecimal digits and hyphens, a purpose only small letters.
    settings = "; ".join(f"SET LOCAL app.{name} = '{value}'" for name, value in values.items())
    return _context("; ".join(filter(None, (settings, whole_settings(whole), then))), whole)


NO_CONTEXT = opening()
