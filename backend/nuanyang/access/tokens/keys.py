"""The keys that sign access tokens: a folder of PEM files, `k2.20261125T020000Z.pem`, named by key id and the instant from which it signs.

A new key is published before it signs, so that every process and everybody who verifies tokens knows it by then; the old one stays
until the last token it signed has expired.
"""

import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

# Those who verify tokens themselves keep the published keys for five minutes, our own processes for seconds.
OVERLAP_SECONDS = 600
# Longer than any token lives, with the leeway of clocks.
KEPT_SECONDS = 1800
_NAME = re.compile(r"(?P<kid>k(?P<number>\d{1,6}))(?:\.(?P<instant>\d{8}T\d{6}Z))?\.pem")
_INSTANT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key pair; `starts_at` is the second from which it signs, 0 for an installation's first."""

    number: int
    starts_at: float
    pem: str
    path: Path

    @property
    def kid(self) -> str:
        """The key id in the header of its tokens."""
        return f"k{self.number}"

    @property
    def public_pem(self) -> str:
        """What may be published."""
        key = serialization.load_pem_private_key(self.pem.encode(), None)
        return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def read_keys(folder: Path) -> list[SigningKey]:
    """Every key of the folder, oldest first; makes one on first start."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = _found(folder)
    if not keys:
        _write(folder / "k1.pem")
        keys = _found(folder)
    return keys


def add_key(folder: Path, starts_at: float) -> SigningKey:
    """Publish a new key that signs from `starts_at` on."""
    number = max((key.number for key in read_keys(folder)), default=0) + 1
    instant = datetime.fromtimestamp(starts_at, UTC).strftime(_INSTANT)
    _write(folder / f"k{number}.{instant}.pem")
    return next(key for key in _found(folder) if key.number == number)


def current_key(keys: Sequence[SigningKey], at: float) -> SigningKey:
    """The key that signs at this instant: the newest that has begun."""
    return max((key for key in keys if key.starts_at <= at), key=lambda key: (key.starts_at, key.number), default=keys[0])


def outlived_keys(keys: Sequence[SigningKey], at: float) -> list[SigningKey]:
    """Keys whose successor has signed for so long that none of their tokens can be valid."""
    current = current_key(keys, at)
    is_settled = at - current.starts_at > KEPT_SECONDS
    return [key for key in keys if is_settled and (key.starts_at, key.number) < (current.starts_at, current.number)]


def rotate(folder: Path, *, at_once: bool = False, revoke: bool = False) -> tuple[SigningKey, list[SigningKey]]:
    """Add a key and remove those that are outlived; with `revoke` remove every older one, which ends all access tokens. Answers both."""
    instant = time.time()
    fresh = add_key(folder, instant if at_once or revoke else instant + OVERLAP_SECONDS)
    keys = read_keys(folder)
    gone = [key for key in keys if key.number != fresh.number] if revoke else outlived_keys(keys, instant)
    for key in gone:
        key.path.unlink(missing_ok=True)
    return fresh, gone


def _found(folder: Path) -> list[SigningKey]:
    keys = []
    for path in folder.glob("k*.pem"):
        named = _NAME.fullmatch(path.name)
        if named is None:
            continue
        instant = named["instant"]
        starts_at = datetime.strptime(instant, _INSTANT).replace(tzinfo=UTC).timestamp() if instant else 0.0
        keys.append(SigningKey(int(named["number"]), starts_at, path.read_text(), path))
    return sorted(keys, key=lambda key: (key.starts_at, key.number))


def _write(path: Path) -> None:
    """A new key under this name (0600), whole or not at all: a running server may be reading the folder."""
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(draft, path)
    except FileExistsError:  # another process of the same start was quicker
        pass
    finally:
        draft.unlink()
