"""Encrypted columns and blind indexes.

A ciphertext is `version | key id (1 byte) | nonce (12) | AES-256-GCM`, with `table|column|row id` as associated data: moved to
another row or column it does not open. A blind index is a keyed hash for exact search; without the key the whole space of identity
numbers could be tried in seconds.
"""

import base64
import hashlib
import hmac
import os
import secrets
import time
import unicodedata
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
OVERHEAD = 2 + 12 + 16  # version and key id, nonce, tag
LOOK_SECONDS = 2.0  # a running process sees a new key this soon


class Keyring:
    """Master keys by id; the newest encrypts, all of them decrypt. One read from a file notices when a key is added to it."""

    def __init__(self, masters: dict[int, bytes], path: Path | None = None) -> None:
        self._path, self._seen, self._looked = path, _state(path), time.monotonic()
        self._take(masters)

    @property
    def current(self) -> int:
        """The id of the key that encrypts."""
        self._look()
        return self._current

    def _take(self, masters: dict[int, bytes]) -> None:
        if not masters or any(len(key) != 32 for key in masters.values()):
            raise ValueError("the keyring needs at least one key of 32 bytes")
        self._current = max(masters)
        self._ciphers = {key_id: AESGCM(_derive(key, "columns")) for key_id, key in masters.items()}
        # The index key stays that of the first master: rotating it would orphan every index.
        self._index_master = masters[min(masters)]
        self._index_keys: dict[str, bytes] = {}

    def _look(self, *, now: bool = False) -> None:
        instant = time.monotonic()
        if self._path is None or (instant - self._looked < LOOK_SECONDS and not now):
            return
        self._looked = instant
        if (state := _state(self._path)) != self._seen:
            self._seen = state
            self._take(_read_masters(self._path))

    def encrypt(self, clear: str, column: str, row_id: UUID) -> bytes:
        """Encrypt one value of `table.column` in the row `row_id`."""
        return self.encrypt_bytes(clear.encode(), column, row_id)

    def encrypt_bytes(self, clear: bytes, column: str, row_id: UUID) -> bytes:
        """The same for a file; the cipher is `OVERHEAD` bytes longer."""
        self._look()
        nonce = os.urandom(12)
        sealed = self._ciphers[self._current].encrypt(nonce, clear, _bound_to(column, row_id))
        return bytes((VERSION, self._current)) + nonce + sealed

    def decrypt(self, blob: bytes, column: str, row_id: UUID) -> str:
        """Open a value; raises `InvalidTag` when it was changed or moved."""
        return self.decrypt_bytes(blob, column, row_id).decode()

    def decrypt_bytes(self, blob: bytes, column: str, row_id: UUID) -> bytes:
        """The same for a file."""
        if blob[1] not in self._ciphers:
            self._look(now=True)
        return self._ciphers[blob[1]].decrypt(blob[2:14], blob[14:], _bound_to(column, row_id))

    def blind_index(self, value: str, column: str) -> bytes:
        """16 bytes that are equal for equal values of this column, whatever their width or case."""
        key = self._index_keys.get(column)
        if key is None:
            key = self._index_keys[column] = _derive(self._index_master, "index:" + column)
        return hmac.digest(key, normalised(value).encode(), "sha256")[:16]


def normalised(value: str) -> str:
    """Full-width digits, blanks and a small x are the same number."""
    return unicodedata.normalize("NFKC", value).replace(" ", "").upper()


def load_keyring(path: Path) -> Keyring:
    """Read `id:base64` lines; makes the file (0600) with one fresh key on first start."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as file:
                file.write(f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    return Keyring(_read_masters(path), path)


def add_key(path: Path) -> int:
    """Add a fresh key, which encrypts from now on; answers its id. The old ones stay: backups are read with them."""
    masters = _read_masters(path)
    number = max(masters) + 1
    if number > 255:
        raise ValueError("the keyring is full")
    fresh = path.with_suffix(".new")
    lines = [*path.read_text().split(), f"{number}:{base64.b64encode(secrets.token_bytes(32)).decode()}"]
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return number


def _read_masters(path: Path) -> dict[int, bytes]:
    masters = {}
    for line in path.read_text().split():
        key_id, _, encoded = line.partition(":")
        masters[int(key_id)] = base64.b64decode(encoded)
    return masters


def _state(path: Path | None) -> tuple[int, int] | None:
    if path is None:
        return None
    found = path.stat()
    return found.st_mtime_ns, found.st_ino


def secret_hash(secret: str) -> bytes:
    """How long random secrets (refresh tokens) are kept: they need no salt, being random themselves."""
    return hashlib.sha256(secret.encode()).digest()


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"nuanyang:" + purpose.encode()).derive(master)


def _bound_to(column: str, row_id: UUID) -> bytes:
    return f"{column}|{row_id}".encode()
