"""Files that carry protected data about named students out of the system: before one, staff show anew who they are.

A page can be printed without: it is read where its session is. A file lies on afterwards in a folder of a computer that others use, too.
"""

from typing import Annotated

from fastapi import Depends, Request

from nuanyang.access.accounts.step_up import demand_recent
from nuanyang.access.actors import SERVICE
from nuanyang.access.guards import current_caller, session_of


async def shown_anew(request: Request) -> None:
    """Raises `StepUpRequired` when the caller last showed who they are more than five minutes ago.

    A program has nothing more to show than the secret it came with: its scopes hold no case records, and its network may be named.
    """
    caller = await current_caller(request)
    if caller.person_kind != SERVICE:
        async with session_of(request) as session:
            await demand_recent(session, caller)


# The parameter of a route that answers with such a file; it comes after the guard, so that nobody confirms for a refusal.
ShownAnew = Annotated[None, Depends(shown_anew)]
