"""Finding staff, and accounts for those that the roster brought."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.administration import NewAccount, create_accounts
from nuanyang.access.accounts.schemas import RoleInput
from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.school.staff import repository
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.staff.repository import named
from nuanyang.school.staff.rules import usernames
from nuanyang.school.staff.schemas import OpenedAccount, OpenedAccounts, StaffPost

__all__ = ["find_staff", "named", "open_accounts"]
MOST_POSTS = 4  # a subject teacher of many classes

TRIES = 30  # namesakes in one school, or in schools whose codes end alike


async def find_staff(
    session: AsyncSession, caller: Caller, q: str | None, *, after: tuple[str, UUID] | None, limit: int
) -> list[tuple[StaffMember, list[StaffPost]]]:
    """Active staff by name, pinyin or initials, each with their posts."""
    people = await repository.page(session, caller.school_id, q, after=after, limit=limit)
    ids, day = [p.id for p in people], today(caller.time_zone)
    offices = await repository.offices(session, caller.school_id, ids, day)
    classes = await repository.class_posts(session, caller.school_id, ids, day)
    return [
        (
            person,
            [StaffPost(role=role, grade=grade, class_name=None) for role, grade in offices.get(person.id, ())]
            + [StaffPost(role=post.role, grade=None, class_name=name) for post, name in classes.get(person.id, ())[:MOST_POSTS]],
        )
        for person in people
    ]


async def free_usernames(session: AsyncSession, school_id: UUID, stems: Sequence[str]) -> list[str]:
    """A sign-in name for each that nobody has, in any school."""
    code = await repository.code_of(session, school_id)
    taken: set[str] = set()
    for _ in range(TRIES):
        names = usernames(stems, code, taken)
        found = await repository.usernames_taken(session, names)
        if not found:
            break
        taken |= found
    return names


async def open_accounts(session: AsyncSession, caller: Caller, limit: int) -> OpenedAccounts:
    """Open accounts for up to `limit` members of staff who have none, with the class posts of the roster; other posts are given by hand."""
    people, total = await repository.without_account(session, caller.school_id, limit)
    if not people:
        return OpenedAccounts(items=[], remaining=0)
    posts = await repository.class_posts(session, caller.school_id, [p.id for p in people], today())
    names = await free_usernames(session, caller.school_id, [p.pinyin for p in people])
    wanted = [
        NewAccount(
            username,
            person.name,
            person.id,
            roles=[
                RoleInput.model_validate({"role": post.role, "scope_kind": "class", "scope_id": post.class_id})
                for post, _ in posts.get(person.id, ())[:20]
            ],
        )
        for person, username in zip(people, names, strict=True)
    ]
    made = await create_accounts(session, caller.school_id, wanted, caller.account_id)
    items = [
        OpenedAccount(
            name=person.name,
            staff_number=person.staff_number,
            classes=[name for _, name in posts.get(person.id, ())],
            username=account.username,
            first_password=first,
            expires_at=expires_at,
        )
        for person, (account, first, expires_at) in zip(people, made, strict=True)
    ]
    return OpenedAccounts(items=items, remaining=total - len(items))
