"""Accounts for the students of a class."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.administration import NewAccount, create_accounts
from nuanyang.access.actors import Caller
from nuanyang.kit.errors import NotFound
from nuanyang.school.staff.service import free_usernames
from nuanyang.school.student_accounts import repository
from nuanyang.school.student_accounts.schemas import ClassAccounts, OpenedStudentAccount, OpenedStudentAccounts
from nuanyang.school.years.service import year_of


class ClassNotFound(NotFound):
    """No such class in this school."""

    code, zh, en = "class_not_found", "没有找到这个班级。", "No such class."


async def by_class(session: AsyncSession, caller: Caller) -> list[ClassAccounts]:
    """How many students of each class of this school year have an account."""
    year = await year_of(session, caller.school_id)
    return [ClassAccounts.model_validate(row) for row in await repository.by_class(session, caller.school_id, year.id)]


async def open_accounts(session: AsyncSession, caller: Caller, class_id: UUID, limit: int) -> OpenedStudentAccounts:
    """Open accounts for up to `limit` students of the class who have none; they hold no role, only themselves."""
    name = await repository.class_named(session, caller.school_id, class_id)
    if name is None:
        raise ClassNotFound
    pupils, total = await repository.without_account(session, caller.school_id, class_id, limit)
    # The student number is what a child knows by heart.
    usernames = await free_usernames(session, caller.school_id, [one.student_number or one.pinyin for one in pupils])
    wanted = [NewAccount(username, one.name, one.id, "student") for one, username in zip(pupils, usernames, strict=True)]
    made = await create_accounts(session, caller.school_id, wanted, caller.account_id)
    items = [
        OpenedStudentAccount(
            name=one.name, student_number=one.student_number, username=account.username, first_password=first, expires_at=expires_at
        )
        for one, (account, first, expires_at) in zip(pupils, made, strict=True)
    ]
    return OpenedStudentAccounts(class_name=name, items=items, remaining=total - len(items))
