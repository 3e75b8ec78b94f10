"""Secrets in rotation, and from where a program may come. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol

SECRET_LIFE = timedelta(days=90)
SLOTS = (1, 2)
Network = IPv4Network | IPv6Network


class Secret(Protocol):
    """What the rules need to know of a secret."""

    @property
    def slot(self) -> int:
        """1 or 2."""

    @property
    def expires_at(self) -> datetime:
        """When it lapses."""


def free_slot(living: Iterable[Secret], instant: datetime) -> int | None:
    """The slot of the next secret; None when both hold one that is still good."""
    taken = {secret.slot for secret in living if secret.expires_at > instant}
    return next((slot for slot in SLOTS if slot not in taken), None)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as objects; raises ValueError for what is neither."""
    return tuple(ip_network(text) for text in texts)


def comes_from(address: str, allowed: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks; without a list, everywhere is allowed."""
    if not allowed:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in network for network in allowed)
