"""`Idempotency-Key`: the same key and body give the same answer for 24 hours; nothing happens twice.

The key's row is inserted in the very transaction of the effect, so both are there or neither. The answer is added afterwards; if the
process dies between the two, a repeat is told that it was done (409) instead of doing it again.
"""

import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import timedelta
from typing import Any

from fastapi import Request, Response
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.kit.clock import now
from nuanyang.kit.db import NO_CONTEXT, Database
from nuanyang.kit.db.idempotency import IdempotencyKey
from nuanyang.kit.errors import Conflict, Invalid

KEPT = timedelta(hours=24)
LONGEST_KEY, LONGEST_ANSWER = 200, 262_144
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class KeyReused(Invalid):
    """The same key came with another body."""

    code, zh, en = "idempotency_key_reused", "同一幂等键不能用于不同的内容。", "This idempotency key was used with another body."


class TwinRunning(Conflict):
    """The first request of this key is still under way, or its answer was lost."""

    code, zh, en = (
        "idempotency_twin",
        "相同的请求已在处理或已完成，请刷新查看结果。",
        "The same request is under way or already done; please reload.",
    )


async def claim_key(request: Request, session: AsyncSession) -> None:
    """Insert the key into the request's own transaction; a twin that was quicker makes this one a conflict."""
    claim = request.scope.get("idempotency")
    if claim is None:
        return
    claim["body_hash"] = await _body_hash(request)
    identity = {name: claim[name] for name in ("account_id", "route", "key")}
    existing = (await session.scalars(select(IdempotencyKey).filter_by(**identity))).one_or_none()
    if existing is not None and existing.created_at < now() - KEPT:
        await session.execute(delete(IdempotencyKey).filter_by(**identity))
    elif existing is not None:
        raise Replay(existing) if existing.body_hash == claim["body_hash"] else KeyReused()
    row = (
        insert(IdempotencyKey)
        .values(**identity, body_hash=claim["body_hash"], created_at=now())
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    if (await session.execute(row)).first() is None:
        raise TwinRunning
    claim["claimed"] = True


async def _body_hash(request: Request) -> bytes:
    """The digest of what came; an uploaded form has been parsed already, so its fields and files are digested instead of its bytes."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return hashlib.sha256(await request.body()).digest()
    digest = hashlib.sha256()
    for name, value in (await request.form()).multi_items():
        digest.update(f"{len(name)}:{name}=".encode())
        if isinstance(value, str):
            digest.update(value.encode())
        else:
            while chunk := await value.read(1 << 20):
                digest.update(chunk)
            await value.seek(0)
    return digest.digest()


class Replay(Exception):
    """Not an error: carries the stored answer up to the middleware."""

    def __init__(self, stored: IdempotencyKey) -> None:
        super().__init__("replay")
        self.stored = stored


def replayed(stored: IdempotencyKey) -> Response:
    """The first answer once more; without one, the conflict."""
    if stored.status is None:
        raise TwinRunning
    headers = {"Idempotency-Replayed": "true"} | ({"Location": stored.location} if stored.location else {})
    return Response(stored.answer or b"", stored.status, media_type="application/json" if stored.answer else None, headers=headers)


# An answer with this header holds a secret shown once: it is not kept, and a repeat is told that it was done.
SHOWN_ONCE = "X-Shown-Once"


class KeepAnswers:
    """Pure ASGI: after a POST whose key was claimed, keeps its answer beside the key."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        claim = scope["idempotency"] = {
            "account_id": scope["caller"].account_id,
            "route": f"{scope['method']} {scope['path']}"[:400],
            "key": key,
        }
        kept: dict[str, Any] = {"status": 0, "is_secret": False, "location": None, "body": bytearray()}

        async def keep(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept["status"] = message["status"]
                kept["is_secret"] = any(k.lower() == SHOWN_ONCE.lower().encode() for k, _ in message["headers"])
                kept["location"] = next((v.decode() for k, v in message["headers"] if k.lower() == b"location"), None)
            elif message["type"] == "http.response.body":
                kept["body"] += message.get("body", b"")
                if (
                    not message.get("more_body")
                    and claim.get("claimed")
                    and not kept["is_secret"]
                    and kept["status"] < 400
                    and len(kept["body"]) <= LONGEST_ANSWER
                ):
                    await _store(scope["app"].state.database, claim, kept)
            await send(message)

        await self.app(scope, receive, keep)


def _key(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["method"] != "POST" or scope.get("caller") is None:
        return None
    value = next((v for k, v in scope["headers"] if k == b"idempotency-key"), None)
    return value.decode("ascii", "replace")[:LONGEST_KEY] if value else None


async def _store(database: Database, claim: dict[str, Any], kept: dict[str, Any]) -> None:
    async with database.session(NO_CONTEXT) as session:
        identity = [getattr(IdempotencyKey, name) == claim[name] for name in ("account_id", "route", "key")]
        await session.execute(
            update(IdempotencyKey).where(*identity).values(status=kept["status"], location=kept["location"], answer=bytes(kept["body"]))
        )
