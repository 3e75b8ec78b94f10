"""A narrow door around python-jose: ES256 only, our own choice of key, canonical form first, one failure for all.

python-jose alone ignores `kid` and `typ`, accepts many spellings of one token, takes a DER public key as an HMAC secret, and raises
errors that are not JWTError. Only this module may import it.
"""

import os
import re
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwk, jwt
from jose.utils import base64url_decode, base64url_encode

ACCESS_SECONDS = 600
ISSUER = "nuanyang"
AUDIENCE = "nuanyang-api"
ACCESS_TYPE = "at+jwt"

_FORM = re.compile(r"[A-Za-z0-9_-]{10,400}\.[A-Za-z0-9_-]{10,3000}\.[A-Za-z0-9_-]{86}")  # an ES256 signature is exactly 86 characters
_REQUIRED = ("exp", "iat", "nbf", "iss", "aud", "sub", "jti")
_LEEWAY, _LONGEST = 30, 900


class InvalidToken(Exception):
    """The token is not one of ours, or not now. Which of the two is nobody's business."""


class Signer:
    """Signs and verifies with the keys of one folder of PEM files, named by key id; the newest signs."""

    def __init__(self, private_pems: dict[str, str]) -> None:
        self._current = max(private_pems)
        self._signing_key = private_pems[self._current]
        publics = {kid: _public_pem(pem) for kid, pem in private_pems.items()}
        self._keys = {kid: jwk.construct(pem, "ES256") for kid, pem in publics.items()}  # built once: half the cost

    def sign(self, claims: dict[str, Any], *, seconds: int = ACCESS_SECONDS, typ: str = ACCESS_TYPE) -> str:
        """A token with these claims, valid from now for `seconds`."""
        issued = int(time.time())
        whole = {**claims, "iss": ISSUER, "aud": AUDIENCE, "iat": issued, "nbf": issued, "exp": issued + seconds}
        return str(jwt.encode(whole, self._signing_key, algorithm="ES256", headers={"kid": self._current, "typ": typ}))

    def claims(self, token: object, *, typ: str = ACCESS_TYPE) -> dict[str, Any]:
        """The claims of a valid token; `InvalidToken` for everything else."""
        try:
            return self._checked(token, typ)
        except Exception:  # noqa: BLE001 - KeyError, RecursionError, OverflowError and jose's own: all one answer
            raise InvalidToken from None

    def _checked(self, token: object, typ: str) -> dict[str, Any]:
        if not isinstance(token, str) or not _FORM.fullmatch(token):
            raise InvalidToken
        if any(base64url_encode(base64url_decode(part.encode())) != part.encode() for part in token.split(".")):
            raise InvalidToken
        header = jwt.get_unverified_header(token)
        if set(header) != {"alg", "typ", "kid"} or header["alg"] != "ES256" or header["typ"] != typ:
            raise InvalidToken
        options = {"leeway": _LEEWAY} | {f"require_{name}": True for name in _REQUIRED}
        claims = jwt.decode(token, self._keys[header["kid"]], algorithms=["ES256"], audience=AUDIENCE, issuer=ISSUER, options=options)
        if any(type(claims[name]) is not int for name in ("exp", "iat", "nbf")):
            raise InvalidToken
        if claims["iat"] > time.time() + _LEEWAY or claims["exp"] - claims["iat"] > _LONGEST or claims["aud"] != AUDIENCE:
            raise InvalidToken
        return dict(claims)

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public keys for those who verify tokens themselves."""
        keys = []
        for kid, key in self._keys.items():
            public = {name: value.decode() if isinstance(value, bytes) else str(value) for name, value in key.to_dict().items()}
            keys.append({**public, "kid": kid, "use": "sig", "alg": "ES256"})
        return {"keys": keys}


def load_signer(folder: Path) -> Signer:
    """Read every `*.pem` of the folder; makes one key (0600) on first start."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.glob("*.pem")):
        _make_key(folder / "k1.pem")
    return Signer({path.stem: path.read_text() for path in sorted(folder.glob("*.pem"))})


def _make_key(path: Path) -> None:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was quicker
        return
    with os.fdopen(handle, "wb") as file:
        file.write(pem)


def _public_pem(private_pem: str) -> str:
    key = serialization.load_pem_private_key(private_pem.encode(), None)
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
