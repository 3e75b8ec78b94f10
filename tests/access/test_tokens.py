"""Forged, bent and stale tokens: each is one and the same 401, and none tells why."""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from sqlalchemy import select

from nuanyang.access.accounts.models import RoleAssignment, Session
from nuanyang.access.tokens.jwt import AUDIENCE, ISSUER, InvalidToken, Signer
from nuanyang.kit.clock import now
from tests.factories.world import World


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


KEY, OTHER = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
FOLDER = TemporaryDirectory(prefix="nuanyang-keys-")
(Path(FOLDER.name) / "k1.pem").write_text(pem(KEY))
SIGNER = Signer(Path(FOLDER.name))
HEADER = {"alg": "ES256", "typ": "at+jwt", "kid": "k1"}
PUBLIC = KEY.public_key()
PUBLIC_PEM = PUBLIC.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
PUBLIC_DER = PUBLIC.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sealed(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def claims(**more: Any) -> dict[str, Any]:
    moment = int(time.time())
    whole = {"iss": ISSUER, "aud": AUDIENCE, "iat": moment, "nbf": moment, "exp": moment + 600, "sub": str(uuid4()), "jti": str(uuid4())}
    return {name: value for name, value in (whole | more).items() if value is not ...}


def signed(body: object, header: dict[str, Any] | None = None, key: ec.EllipticCurvePrivateKey = KEY) -> str:
    text = f"{sealed(HEADER if header is None else header)}.{sealed(body)}"
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{text}.{sealed(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def hashed(secret: bytes, header: dict[str, Any]) -> str:
    text = f"{sealed(header)}.{sealed(claims())}"
    return f"{text}.{sealed(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def test_our_own_form_is_accepted() -> None:
    assert SIGNER.claims(signed(claims(sub="x")))["sub"] == "x"
    assert SIGNER.claims(SIGNER.sign({"sub": "y", "jti": "1"}))["sub"] == "y"


GOOD = signed(claims())
HEAD, BODY, SEAL = GOOD.split(".")
NOW = int(time.time())
ATTACKS: dict[str, object] = {
    **{f"alg {a!r}": f"{sealed(HEADER | {'alg': a})}.{BODY}.{seal}" for a in ("none", "None", "NONE", "nOnE", "") for seal in ("", SEAL)},
    "no algorithm": f"{sealed({k: v for k, v in HEADER.items() if k != 'alg'})}.{BODY}.{SEAL}",
    "the public key as PEM for HS256": hashed(PUBLIC_PEM, HEADER | {"alg": "HS256"}),
    "the public key as DER for HS256": hashed(PUBLIC_DER, HEADER | {"alg": "HS256"}),
    "an empty secret for HS256": hashed(b"", HEADER | {"alg": "HS256"}),
    "HS256 called ES256": hashed(PUBLIC_DER, HEADER),
    "another key": signed(claims(), key=OTHER),
    "a key id we do not have": signed(claims(), HEADER | {"kid": "k2"}),
    "no key id": signed(claims(), {"alg": "ES256", "typ": "at+jwt"}),
    "a path as key id": signed(claims(), HEADER | {"kid": "../../k1"}),
    "an embedded key": signed(claims(), HEADER | {"jwk": {"kty": "EC"}}, OTHER),
    "a key from elsewhere": signed(claims(), HEADER | {"jku": "https://evil.example/jwks"}, OTHER),
    "an unknown critical header": signed(claims(), HEADER | {"crit": ["b64"], "b64": False}),
    "a plain JWT": signed(claims(), HEADER | {"typ": "JWT"}),
    "a token for something else": signed(claims(), HEADER | {"typ": "rt+jwt"}),
    "expired": signed(claims(exp=NOW - 60, iat=NOW - 600, nbf=NOW - 600)),
    "not yet": signed(claims(nbf=NOW + 300)),
    "from the future": signed(claims(iat=NOW + 300)),
    "for a day": signed(claims(exp=NOW + 86_400)),
    "for ever": signed(claims(exp=10**30)),
    "an end in words": signed(claims(exp=str(NOW + 60))),
    "an end with a fraction": signed(claims(exp=NOW + 60.5)),
    "an infinite end": signed(json.dumps(claims(exp=float("inf"))).encode()),
    "an end of true": signed(claims(exp=True)),
    "another audience": signed(claims(aud="other-api")),
    "several audiences": signed(claims(aud=[AUDIENCE, "other-api"])),
    "another issuer": signed(claims(iss="somebody")),
    **{f"no {name}": signed(claims(**{name: ...})) for name in ("exp", "iat", "nbf", "iss", "aud", "sub", "jti")},
    "claims that are a list": signed([claims()]),
    "claims that are no JSON": signed(b"{{{"),
    "claims in deep brackets": signed(b"[" * 2_000),
    "another subject": f"{HEAD}.{sealed(claims(sub=str(uuid4())))}.{SEAL}",
    "half a signature": f"{HEAD}.{BODY}.{SEAL[:43]}",
    "a signature of zeros": f"{HEAD}.{BODY}.{sealed(bytes(64))}",
    "something behind it": GOOD + "!!!!",
    "padding": GOOD + "==",
    "a blank within": GOOD.replace(".", ". ", 1),
    "a second spelling": f"{HEAD}.{BODY}.{SEAL[:-1]}{chr(ord(SEAL[-1]) + 1) if SEAL[-1] not in 'zZ9_' else 'A'}",
    "five parts": f"{GOOD}.{BODY}.{SEAL}",
    "two parts": f"{HEAD}.{BODY}",
    "very long": f"{HEAD}.{'A' * 60_000}.{SEAL}",
    "empty": "",
    "nothing": None,
    "bytes": GOOD.encode(),
}


@pytest.mark.parametrize("token", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_forged_or_bent_token_is_accepted(token: object) -> None:
    with pytest.raises(InvalidToken):
        SIGNER.claims(token)


async def test_they_are_all_the_same_401_over_http(world: World) -> None:
    client = world.anonymous()
    answers = {
        (answer.status_code, answer.json()["code"], answer.headers["www-authenticate"])
        for token in ATTACKS.values()
        if isinstance(token, str) and token.isascii() and len(token) < 30_000
        for answer in [await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})]
    }
    assert answers == {(401, "not_signed_in", "Bearer")}


async def test_a_right_token_of_a_wrong_session_is_no_token(world: World) -> None:
    account = await world.account("principal")
    token = await world.token(account)
    known = world.app.state.signer.claims(token)

    async def status(**more: Any) -> int:
        body = {k: v for k, v in (known | {"jti": str(uuid4())} | more).items() if k not in ("iss", "aud", "iat", "nbf", "exp")}
        bent = world.app.state.signer.sign(body)
        return (await world.anonymous().get("/api/v1/me", headers={"Authorization": f"Bearer {bent}"})).status_code

    other, elsewhere = await world.account("principal"), await world.elsewhere()
    assert await status() == 200
    assert await status(sid=str(uuid4())) == 401
    assert await status(sub=str(other.id)) == 401  # somebody else's session
    assert await status(ver=known["ver"] - 1) == 401
    assert await status(sch=str(elsewhere.school_id)) == 401
    assert await status(sub="me", sid="x", sch="", ver="one") == 401
    async with world.database.session() as session:
        row = await session.get(Session, known["sid"])
        assert row is not None
        row.ended_at = now()
    assert await status() == 401


async def test_a_role_taken_away_is_gone_and_a_lapsed_one_too(world: World) -> None:
    account = await world.account("principal")
    async with world.session() as session:
        role = (await session.scalars(select(RoleAssignment).where(RoleAssignment.account_id == account.id))).one()
        role.valid_to = (now() - timedelta(days=1)).date()
    client = await world.client(account=account)
    assert (await client.get("/api/v1/students")).status_code == 403


async def test_an_account_without_a_place_in_the_school_is_nobody_there(world: World) -> None:
    elsewhere = await world.elsewhere()
    account = await elsewhere.account("principal")
    token = await world.token(account)  # signed for a school in which there is no membership
    assert (await world.anonymous().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})).status_code == 401
