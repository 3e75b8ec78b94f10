"""Acting as the demo's people: the same callers that a request would have, made from a session of their account."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from nuanyang.access.accounts.models import Account, Session
from nuanyang.access.actors import Caller
from nuanyang.access.callers import Callers
from nuanyang.access.tokens.jwt import load_signer
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import Settings
from nuanyang.school.classes.service import classes_of_grades
from nuanyang.school.guardians.children import wards_of


class Cast:
    """Everybody who does something while the demo is loaded; their sessions end with it."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._callers = Callers(database, load_signer(settings.keys_folder / "signing"), classes_of_grades, wards_of)
        self._known: dict[tuple[UUID, str], Caller] = {}
        self._sessions: list[UUID] = []

    async def caller(self, school_id: UUID, username: str) -> Caller:
        """The caller that this account would be after signing in to this school."""
        known = self._known.get((school_id, username))
        if known is None:
            known = self._known[school_id, username] = await self._sign_in(school_id, username)
        return known

    async def _sign_in(self, school_id: UUID, username: str) -> Caller:
        async with self._database.session(opening(school_id=school_id, purpose="demo")) as session:
            account = (await session.scalars(select(Account).where(Account.username == username))).one()
            instant = now()
            row = Session(
                id=new_id(),
                account_id=account.id,
                school_id=school_id,
                refresh_hash=uuid4().bytes + uuid4().bytes,
                rotated_at=instant,
                created_at=instant,
                expires_at=instant + timedelta(hours=1),
            )
            session.add(row)
            await session.flush()
            self._sessions.append(row.id)
        caller = await self._callers.load(account.id, school_id, row.id, account.session_version)
        if caller is None:
            raise LookupError(f"{username} cannot sign in")
        return caller

    def forget(self) -> None:
        """Look everybody's rights up anew: some have changed."""
        self._known.clear()

    async def leave(self) -> None:
        """Sign everybody out."""
        async with self._database.session() as session:
            await session.execute(update(Session).where(Session.id.in_(self._sessions)).values(ended_at=now()))
        self._known.clear()
        self._sessions.clear()


@asynccontextmanager
async def cast(database: Database, settings: Settings) -> AsyncIterator[Cast]:
    """A cast that signs out at the end, whatever happens."""
    people = Cast(database, settings)
    try:
        yield people
    finally:
        await people.leave()
