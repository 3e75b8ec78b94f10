"""Tokens that must never be accepted, each made from a valid one or with a valid key: what an attacker, a confused client or a bug could send."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from nuanyang.access.tokens.keys import SigningKey

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Forge:
    """The attacker's bench: a valid token, our real key (as a bug of ours might use it), and keys of their own."""

    def __init__(self, valid: str, key: SigningKey) -> None:
        self.valid, self.kid = valid, key.kid
        self.head, self.body, self.signature = valid.split(".")
        self.header: dict[str, Any] = json.loads(unb64(self.head))
        self.claims: dict[str, Any] = json.loads(unb64(self.body))
        private = serialization.load_pem_private_key(key.pem.encode(), None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
        self.ours, self.theirs = private, ec.generate_private_key(ec.SECP256R1())
        public = private.public_key()
        spki = serialization.PublicFormat.SubjectPublicKeyInfo
        self.pem = public.public_bytes(serialization.Encoding.PEM, spki)
        self.der = public.public_bytes(serialization.Encoding.DER, spki)
        self.point = public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)

    def es256(self, head: str, body: str, key: ec.EllipticCurvePrivateKey | None = None) -> str:
        signing = f"{head}.{body}"
        r, s = decode_dss_signature((key or self.ours).sign(signing.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signing}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def signed(self, header: dict[str, Any] | None = None, claims: dict[str, Any] | None = None, **change: Any) -> str:
        """Signed with our real key: only what is said differs."""
        claims = (claims or self.claims) | change
        return self.es256(b64(json.dumps(header or self.header).encode()), b64(json.dumps(claims).encode()))

    def without(self, name: str) -> str:
        return self.signed(claims={k: v for k, v in self.claims.items() if k != name})

    def raw(self, body: str) -> str:
        """A body that no JSON writer would make, with a real signature."""
        return self.es256(self.head, b64(body.encode()))

    def hs256(self, secret: bytes, **header: Any) -> str:
        signing = f"{b64(json.dumps(self.header | {'alg': 'HS256'} | header).encode())}.{self.body}"
        return f"{signing}.{b64(hmac.digest(secret, signing.encode(), 'sha256'))}"

    def by_stranger(self, **header: Any) -> str:
        """Signed with a key of their own, which the header recommends."""
        return self.es256(b64(json.dumps(self.header | header).encode()), self.body, self.theirs)

    def rs256(self) -> str:
        key = rsa.generate_private_key(65537, 2048)
        signing = f"{b64(json.dumps(self.header | {'alg': 'RS256'}).encode())}.{self.body}"
        return f"{signing}.{b64(key.sign(signing.encode(), PKCS1v15(), hashes.SHA256()))}"

    def jwk(self) -> dict[str, str]:
        numbers = self.theirs.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "x": b64(numbers.x.to_bytes(32, "big")), "y": b64(numbers.y.to_bytes(32, "big"))}

    def flipped_s(self) -> str:
        """The other signature of the same message: a second spelling that only a list of used token texts would miss."""
        raw = unb64(self.signature)
        twin = ORDER - int.from_bytes(raw[32:], "big")
        return f"{self.head}.{self.body}.{b64(raw[:32] + twin.to_bytes(32, 'big'))}"

    def der_signature(self) -> str:
        raw = unb64(self.signature)
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        return f"{self.head}.{self.body}.{b64(der)}"

    def dirty_tail(self) -> str:
        """The last letter of 64 bytes in base64url carries four unused bits: sixteen spellings, one is canonical."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        last = alphabet.index(self.signature[-1])
        return f"{self.valid[:-1]}{alphabet[last ^ 1]}"

    def unsigned(self, algorithm: str) -> str:
        return f"{b64(json.dumps(self.header | {'alg': algorithm}).encode())}.{self.body}."

    def doubled(self, name: str, value: object) -> str:
        return self.raw("{" + f'"{name}": {json.dumps(value)}, ' + json.dumps(self.claims)[1:])


def _now() -> int:
    return int(time.time())


def lacking(name: str) -> Callable[[Forge], str]:
    return lambda forge: forge.without(name)


ATTACKS: dict[str, Callable[[Forge], str]] = {
    "no algorithm": lambda f: f.unsigned("none"),
    "None": lambda f: f.unsigned("None"),
    "NONE": lambda f: f.unsigned("NONE"),
    "nOnE": lambda f: f.unsigned("nOnE"),
    "an empty algorithm": lambda f: f.unsigned(""),
    "none with a signature kept": lambda f: f"{b64(json.dumps(f.header | {'alg': 'none'}).encode())}.{f.body}.{f.signature}",
    "HS256 with the public key as PEM": lambda f: f.hs256(f.pem),
    "HS256 with the PEM without its line end": lambda f: f.hs256(f.pem.rstrip()),
    "HS256 with the public key as DER": lambda f: f.hs256(f.der),
    "HS256 with the bare point": lambda f: f.hs256(f.point),
    "HS256 with an empty secret": lambda f: f.hs256(b""),
    "HS256 with one byte": lambda f: f.hs256(b"\0"),
    "HS256 and no key id": lambda f: f.hs256(f.der, kid=""),
    "ES256 in the header, HMAC by DER below": lambda f: f.hs256(f.der, alg="ES256"),
    "RS256": lambda f: f.rs256(),
    "another key under our id": lambda f: f.by_stranger(),
    "a key in the header": lambda f: f.by_stranger(jwk=f.jwk()),
    "a key set elsewhere": lambda f: f.by_stranger(jku="https://evil.example/jwks.json"),
    "a certificate elsewhere": lambda f: f.by_stranger(x5u="https://evil.example/cert.pem"),
    "a certificate in the header": lambda f: f.by_stranger(x5c=["MIIB"]),
    "our signature and a foreign key in the header": lambda f: f.signed(header=f.header | {"jwk": f.jwk()}),
    "a critical extension": lambda f: f.signed(header=f.header | {"crit": ["exp"]}),
    "an unencoded payload": lambda f: f.signed(header=f.header | {"b64": False, "crit": ["b64"]}),
    "an unknown key id": lambda f: f.signed(header=f.header | {"kid": "k999"}),
    "a path as key id": lambda f: f.signed(header=f.header | {"kid": "../../dev/null"}),
    "an SQL injection as key id": lambda f: f.signed(header=f.header | {"kid": "x' union select 'k1"}),
    "a list as key id": lambda f: f.signed(header=f.header | {"kid": ["k1"]}),
    "no key id": lambda f: f.signed(header={k: v for k, v in f.header.items() if k != "kid"}),
    "the plain type JWT": lambda f: f.signed(header=f.header | {"typ": "JWT"}),
    "no type": lambda f: f.signed(header={k: v for k, v in f.header.items() if k != "typ"}),
    "the type in capitals": lambda f: f.signed(header=f.header | {"typ": "AT+JWT"}),
    "a refresh token's type": lambda f: f.signed(header=f.header | {"typ": "rt+jwt"}),
    "a program's type on a person's claims": lambda f: f.signed(header=f.header | {"typ": "service-at+jwt"}),
    "the algorithm in small letters": lambda f: f.signed(header=f.header | {"alg": "es256"}),
    "expired": lambda f: f.signed(iat=_now() - 700, nbf=_now() - 700, exp=_now() - 31),
    "issued tomorrow": lambda f: f.signed(iat=_now() + 86_400, nbf=_now(), exp=_now() + 600),
    "not valid before tomorrow": lambda f: f.signed(nbf=_now() + 86_400),
    "valid for a year": lambda f: f.signed(exp=_now() + 365 * 86_400),
    "expiry in the year 10^30": lambda f: f.raw(json.dumps(f.claims).replace(f'"exp": {f.claims["exp"]}', '"exp": ' + "9" * 30)),
    "expiry Infinity": lambda f: f.raw(json.dumps(f.claims | {"exp": float("inf")})),
    "expiry NaN": lambda f: f.raw(json.dumps(f.claims | {"exp": float("nan")})),
    "expiry as text": lambda f: f.signed(exp=str(f.claims["exp"])),
    "expiry as a fraction": lambda f: f.signed(exp=float(f.claims["exp"]) + 0.5),
    "expiry true": lambda f: f.signed(exp=True),
    **{f"without {name}": lacking(name) for name in ("exp", "iat", "nbf", "iss", "aud", "sub", "jti")},
    **{f"without our {name}": lacking(name) for name in ("sid", "sch", "ver")},
    "another issuer": lambda f: f.signed(iss="https://evil.example"),
    "issuers as a list": lambda f: f.signed(iss=["nuanyang"]),
    "another audience": lambda f: f.signed(aud="nuanyang-web"),
    "audiences as a list": lambda f: f.signed(aud=["nuanyang-api", "other"]),
    "a number as subject": lambda f: f.signed(sub=1),
    "somebody who does not exist": lambda f: f.signed(sub=str(UUID(int=7))),
    "the session of somebody else": lambda f: f.signed(sid=str(UUID(int=7))),
    "a school of somebody else": lambda f: f.signed(sch=str(UUID(int=7))),
    "an older version of the account": lambda f: f.signed(ver=f.claims["ver"] - 1),
    "the version as true": lambda f: f.signed(ver=True),
    "the version as text": lambda f: f.signed(ver=str(f.claims["ver"])),
    "the expiry twice": lambda f: f.doubled("exp", _now() - 100),
    "the subject twice": lambda f: f.doubled("sub", str(UUID(int=7))),
    "the algorithm twice": lambda f: f.es256(b64(('{"alg": "none", ' + json.dumps(f.header)[1:]).encode()), f.body),
    "claims that are a list": lambda f: f.raw("[1, 2, 3, 4, 5, 6]"),
    "claims that are no JSON": lambda f: f.raw("not json at all"),
    "a header of a thousand brackets": lambda f: f.es256(b64(b"[" * 290), f.body),
    "claims of two thousand brackets": lambda f: f.raw('{"exp": ' + "[" * 2000),
    "junk after the token": lambda f: f.valid + "!!!!",
    "junk inside": lambda f: f.valid.replace(".", "!.", 1),
    "padding": lambda f: f.valid + "==",
    "a line end": lambda f: f.valid + "\n",
    "unused bits of the last letter": lambda f: f.dirty_tail(),
    "standard base64": lambda f: f.valid.replace("-", "+").replace("_", "/") + "+",
    "the signature in DER": lambda f: f.der_signature(),
    "a signature of zeros": lambda f: f"{f.head}.{f.body}.{b64(bytes(64))}",
    "no signature": lambda f: f"{f.head}.{f.body}.",
    "two parts": lambda f: f"{f.head}.{f.body}",
    "five parts, as if encrypted": lambda f: f"{f.head}.{f.body}.{f.signature}.{f.body}.{f.signature}",
    "the halves of two tokens": lambda f: f"{f.head}.{f.signed(jti='x').split('.')[1]}.{f.signature}",
    "nine kilobytes": lambda f: f.signed(pad="x" * 9_000),
    "sixty kilobytes": lambda f: f.signed(pad="x" * 60_000),
    "an empty token": lambda _: "",
    "letters beyond ASCII": lambda f: f.valid[:-1] + "é",
    "a digest of the token": lambda f: hashlib.sha256(f.valid.encode()).hexdigest(),
}
