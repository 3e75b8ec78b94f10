"""Hashes over entries: leaves, Merkle roots, and the chain of seals.

A leaf is SHA-256 over the entry's columns as PostgreSQL prints them in one JSON array (`repository.CANONICAL`). Leaves and inner nodes are
hashed with different first bytes (RFC 6962), so that no inner node can pass for an entry. Each seal's MAC covers the one before: whoever
has no key can neither change, insert nor leave out a seal in the middle. What is cut off at the end only a head kept elsewhere shows.

Content (old and new values) is sealed as a digest under a salt of its own. Erasing takes content and salt: the leaf still holds, and
without the salt nobody can try what it was. Entries from before the salts keep a hash of the content itself in their seal.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

ID, HASH = 16, 32
LEAF = ID + HASH
GENESIS = bytes(HASH)

# `erased_unsalted`: from before the salts; what is left of it can no longer be compared with its seal.
Content = Literal["kept", "erased", "erased_unsalted", "changed"]
Problem = Literal["changed", "removed", "inserted", "seal_changed", "seal_missing", "cut_off"]


@dataclass(frozen=True, slots=True)
class Seal:
    """One link of the chain."""

    number: int
    entries: int
    leaves: bytes
    root: bytes
    previous: bytes
    mac: bytes
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """What is kept in a second place: the number and the MAC of the newest seal of a day."""

    number: int
    mac: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.mac.hex()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was sealed; `entry_id` names the row, where it is one."""

    problem: Problem
    seal: int
    entry_id: UUID | None = None


def leaf_of(entry_id: UUID, canonical: str) -> bytes:
    """The leaf of one entry: its id, then the hash of all it says."""
    return entry_id.bytes + hashlib.sha256(b"\x00" + canonical.encode()).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle root of hashes; an odd one rises unpaired."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


def mac_of(key: bytes, number: int, entries: int, root: bytes, previous: bytes, sealed_at: datetime) -> bytes:
    """Bind a root to its place in the chain."""
    said = f"{number}|{entries}|{sealed_at.isoformat()}".encode()
    return hmac.digest(key, b"|".join((said, root, previous)), "sha256")


def make_seal(key: bytes, before: Seal | None, rows: Iterable[tuple[UUID, str]], sealed_at: datetime) -> Seal:
    """Seal entries (id, canonical text) as the next link."""
    leaves = sorted(leaf_of(*row) for row in rows)
    number, previous = (before.number + 1, before.mac) if before else (1, GENESIS)
    root = root_of(leaves)
    mac = mac_of(key, number, len(leaves), root, previous, sealed_at)
    return Seal(number, len(leaves), b"".join(leaves), root, previous, mac, sealed_at)


def split(leaves: bytes) -> dict[UUID, bytes]:
    """The sealed hash of each entry."""
    return {UUID(bytes=leaves[at : at + ID]): leaves[at + ID : at + LEAF] for at in range(0, len(leaves), LEAF)}


def check_seal(key: bytes, before: Seal | None, seal: Seal) -> list[Finding]:
    """Whether a seal is the next link and says what it said when it was made."""
    number, previous = (before.number + 1, before.mac) if before else (1, GENESIS)
    if seal.number != number:
        return [Finding("seal_missing", missing) for missing in range(number, seal.number)] or [Finding("seal_changed", seal.number)]
    parts = [seal.leaves[at : at + LEAF] for at in range(0, len(seal.leaves), LEAF)]
    is_right = (
        hmac.compare_digest(seal.mac, mac_of(key, seal.number, seal.entries, seal.root, seal.previous, seal.sealed_at))
        and seal.previous == previous
        and root_of(parts) == seal.root
        and len(parts) == seal.entries
    )
    return [] if is_right else [Finding("seal_changed", seal.number)]


def check_entries(seal: Seal, rows: Iterable[tuple[UUID, str, Content]]) -> list[Finding]:
    """Compare the entries that carry a seal's number with what was sealed."""
    sealed, seen = split(seal.leaves), set()
    findings = []
    for entry_id, canonical, content in rows:
        seen.add(entry_id)
        if entry_id not in sealed:
            findings.append(Finding("inserted", seal.number, entry_id))
        elif content == "changed" or (content != "erased_unsalted" and leaf_of(entry_id, canonical)[ID:] != sealed[entry_id]):
            findings.append(Finding("changed", seal.number, entry_id))
    return findings + [Finding("removed", seal.number, entry_id) for entry_id in sealed.keys() - seen]


def check_heads(macs: dict[int, bytes], kept: Iterable[Head]) -> list[Finding]:
    """Heads kept elsewhere must still be links of the chain: else its end was cut off, or all of it was made anew."""
    return [Finding("cut_off", head.number) for head in kept if macs.get(head.number) != head.mac]


def read_head(text: str) -> Head:
    """A head as it is printed: `number:mac`. Raises `ValueError`."""
    number, _, mac = text.strip().partition(":")
    return Head(int(number), bytes.fromhex(mac))
