"""Proof of issue 3, R13: the whole contract under schemathesis, signed in as people of each department.

No 5xx, no undocumented answer, no drift from the schemas, no operation that works without signing in. The four departments take their turn in
`make test`; `make fuzz` takes every role, or those of ROLES, with as many EXAMPLES as asked for.
"""

import os
from collections.abc import Iterator

import pytest

from nuanyang.access.jobs import routes as jobs
from nuanyang.access.permissions import ROLE_SCOPES
from nuanyang.kit.settings import Settings
from tests.factories.furnished import furnish
from tests.factories.serving import Served, served
from tests.factories.world import World, make_world
from tests.security.fuzzing import fuzz

pytestmark = [pytest.mark.commits, pytest.mark.slow]
DEPARTMENTS = ("academic_affairs", "moral_education", "general_affairs", "youth_league")
EVERYBODY = (*sorted(role for role in ROLE_SCOPES if role not in ("district_admin", "acting_principal")), "student", "nobody")
ROLES = tuple(os.environ.get("FUZZ_ROLES", " ".join(DEPARTMENTS)).replace(",", " ").split())
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))


@pytest.fixture(scope="module")
def running(settings: Settings, admin_url: str) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch, served(settings, admin_url) as one:
        # Nobody works on the jobs here, so a stream about one would last until its watcher's token ends.
        patch.setattr(jobs, "LONGEST_STREAM_SECONDS", 0.5)
        yield one


@pytest.mark.parametrize("role", EVERYBODY if ROLES == ("all",) else ROLES)
def test_r13_no_operation_breaks_or_answers_what_the_contract_does_not_say(running: Served, role: str) -> None:
    world, ids, account = running.do(_furnished(running, role))
    found = fuzz(running.app.openapi(), running.address, lambda: str(running.do(world.token(account))), ids, examples=EXAMPLES)
    print(f"\n{role}: {found.cases} requests, {len(found.operations)} operations, {dict(sorted(found.answers.items()))}")
    assert not found.failures, "\n\n".join(f"{key}\n{told}" for key, told in sorted(found.failures.items()))
    assert found.answers.get(200)


async def _furnished(running: Served, role: str) -> tuple[World, dict[str, object], object]:
    """A school of its own for each role: what one destroys, the next one finds whole."""
    world = await make_world(running.app, running.database)
    room = await world.school_class(7, 1)
    ids = await furnish(world, room)
    scopes = ROLE_SCOPES.get(role, frozenset())
    if role == "student":
        account = await world.student_account(await world.student("学生", room))
    elif role == "nobody":
        account = await world.account()
    else:
        account = await world.account(
            (role, room if "class" in scopes else 7 if "grade" in scopes else None) if "school" not in scopes else role
        )
    return world, ids, account
