"""A narrow door around python-jose: ES256 only, our own choice of key, canonical form first, one failure for all.

python-jose alone ignores `kid` and `typ`, accepts many spellings of one token, takes a DER public key as an HMAC secret, and raises
errors that are not JWTError. Only this module may import it.
"""

import json
import re
import time
from pathlib import Path
from typing import Any, NoReturn

from jose import jwk, jwt
from jose.utils import base64url_decode, base64url_encode

from nuanyang.access.tokens.keys import SigningKey, current_key, read_keys

ACCESS_SECONDS = 600
ISSUER = "nuanyang"
AUDIENCE = "nuanyang-api"
ACCESS_TYPE = "at+jwt"
# A program's token: a type of its own, so that neither can ever be taken for the other.
SERVICE_TYPE = "service-at+jwt"

_FORM = re.compile(r"[A-Za-z0-9_-]{10,400}\.[A-Za-z0-9_-]{10,3000}\.[A-Za-z0-9_-]{86}")  # an ES256 signature is exactly 86 characters
_REQUIRED = ("exp", "iat", "nbf", "iss", "aud", "sub", "jti")
_LEEWAY, _LONGEST = 30, 900
# How long a process may go on without looking whether the folder has a new key; a key id nobody knows may be one a second old.
_LOOK_SECONDS, _STRANGER_SECONDS = 5.0, 1.0


class InvalidToken(Exception):
    """The token is not one of ours, or not now. Which of the two is nobody's business."""


class Signer:
    """Signs and verifies with the keys of one folder, which it looks at again as it goes: a rotation needs no restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._private: list[SigningKey] = []
        self._public: dict[str, Any] = {}
        self._looked_at = float("-inf")
        self._look()

    def sign(self, claims: dict[str, Any], *, seconds: int = ACCESS_SECONDS, typ: str = ACCESS_TYPE) -> str:
        """A token with these claims, valid from now for `seconds`."""
        self._look()
        issued = int(time.time())
        key = current_key(self._private, issued)
        whole = {**claims, "iss": ISSUER, "aud": AUDIENCE, "iat": issued, "nbf": issued, "exp": issued + seconds}
        return str(jwt.encode(whole, key.pem, algorithm="ES256", headers={"kid": key.kid, "typ": typ}))

    def claims(self, token: object, *, typ: str = ACCESS_TYPE) -> dict[str, Any]:
        """The claims of a valid token of this type; `InvalidToken` for everything else."""
        try:
            return self._checked(token, typ)
        except Exception:  # noqa: BLE001 - KeyError, RecursionError, OverflowError and jose's own: all one answer
            raise InvalidToken from None

    def _checked(self, token: object, typ: str) -> dict[str, Any]:
        if not isinstance(token, str) or not _FORM.fullmatch(token):
            raise InvalidToken
        head, body, _ = parts = token.split(".")
        if any(base64url_encode(base64url_decode(part.encode())) != part.encode() for part in parts):
            raise InvalidToken
        header = _object(head)
        if set(header) != {"alg", "typ", "kid"} or header["alg"] != "ES256" or header["typ"] != typ:
            raise InvalidToken
        if header["kid"] not in self._public:
            self._look(_STRANGER_SECONDS)
        options = {"leeway": _LEEWAY} | {f"require_{name}": True for name in _REQUIRED}
        jwt.decode(token, self._public[header["kid"]], algorithms=["ES256"], audience=AUDIENCE, issuer=ISSUER, options=options)
        claims = _object(body)
        if any(type(claims[name]) is not int for name in ("exp", "iat", "nbf")):
            raise InvalidToken
        if claims["iat"] > time.time() + _LEEWAY or claims["exp"] - claims["iat"] > _LONGEST or claims["aud"] != AUDIENCE:
            raise InvalidToken
        return claims

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public keys for those who verify tokens themselves, the coming one included."""
        self._look()
        keys = []
        for kid, key in self._public.items():
            public = {name: value.decode() if isinstance(value, bytes) else str(value) for name, value in key.to_dict().items()}
            keys.append({**public, "kid": kid, "use": "sig", "alg": "ES256"})
        return {"keys": keys}

    def _look(self, seconds: float = _LOOK_SECONDS) -> None:
        if time.monotonic() - self._looked_at < seconds:
            return
        self._private = read_keys(self._folder)
        known = self._public
        # Built once a key: half the cost of a check.
        self._public = {key.kid: known.get(key.kid) or jwk.construct(key.public_pem, "ES256") for key in self._private}
        self._looked_at = time.monotonic()


def load_signer(folder: Path) -> Signer:
    """The signer of the keys in this folder; makes the first key (0600) at first start."""
    return Signer(folder)


def _object(part: str) -> dict[str, Any]:
    """A JSON object in which no name stands twice and no number is infinite: python-jose would quietly take the last of two."""
    found = json.loads(base64url_decode(part.encode()), object_pairs_hook=_once, parse_constant=_no_constant)
    if not isinstance(found, dict):
        raise InvalidToken
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidToken
    return found


def _no_constant(_: str) -> NoReturn:
    raise InvalidToken
