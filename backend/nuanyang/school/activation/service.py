"""Printing slips, and opening the account that a slip is for."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import segno
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import brakes, passwords
from nuanyang.access.accounts.administration import OwnChoice, open_chosen_account
from nuanyang.access.accounts.context_words import words_of
from nuanyang.access.accounts.devices import Visit
from nuanyang.access.accounts.errors import WeakPassword
from nuanyang.access.actors import Caller
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import secret_hash
from nuanyang.kit.db import Database, opening
from nuanyang.kit.errors import FieldError
from nuanyang.kit.ids import new_id
from nuanyang.school.activation import repository
from nuanyang.school.activation.errors import ActivationRefused, ClassNotFound
from nuanyang.school.activation.models import ActivationCode
from nuanyang.school.activation.rules import GROUPS, LETTERS, LIFE, is_child, masked, plain_code, shown_code
from nuanyang.school.activation.schemas import (
    Activated,
    ActivationInput,
    ClassAccess,
    GuardianAccess,
    Slip,
    Slips,
    SlipsInput,
    StudentAccess,
)
from nuanyang.school.guardians.models import Guardian
from nuanyang.school.staff.service import free_usernames
from nuanyang.school.students.models import Student
from nuanyang.school.students.pinyin import reading


async def of_class(session: AsyncSession, caller: Caller, class_id: UUID) -> ClassAccess:
    """Which guardians of a class can sign in, and who holds a code."""
    name = await _class_named(session, caller, class_id)
    lapses = await repository.lapses(session, caller.school_id, class_id, now())
    known: dict[UUID, list[GuardianAccess]] = defaultdict(list)
    for student, guardian, relation, is_active in await repository.relations(session, caller.school_id, class_id):
        expires_at = None if is_active else lapses.get(guardian.id)
        known[student.id].append(
            GuardianAccess(
                guardian_id=guardian.id,
                name=guardian.name,
                relation=relation,
                state="active" if is_active else "code" if expires_at else "none",
                expires_at=expires_at,
            )
        )
    pupils = await repository.pupils(session, caller.school_id, class_id)
    return ClassAccess(
        class_id=class_id,
        class_name=name,
        items=[
            StudentAccess(student_id=one.id, name=one.name, student_number=one.student_number, guardians=known.get(one.id, []))
            for one in pupils
        ],
    )


async def print_slips(session: AsyncSession, caller: Caller, body: SlipsInput, address: str) -> Slips:
    """New codes for the guardians of a class (or of one student) who have no account; what was printed for them before is void."""
    name = await _class_named(session, caller, body.class_id)
    rows = await repository.relations(session, caller.school_id, body.class_id)
    wanted = [row for row in rows if not row[3] and body.student_id in (None, row[0].id)]
    guardians = list(dict.fromkeys(guardian.id for _, guardian, *_ in wanted))
    codes = {guardian_id: passwords.letters(GROUPS * LETTERS) for guardian_id in guardians}
    instant = now()
    await repository.lock(session, caller.school_id, guardians)
    await repository.void(session, caller.school_id, guardians, instant)
    for guardian_id, code in codes.items():
        session.add(
            ActivationCode(
                school_id=caller.school_id,
                id=new_id(),
                guardian_id=guardian_id,
                class_id=body.class_id,
                code_hash=secret_hash(code),
                expires_at=instant + LIFE,
                created_by=caller.account_id,
            )
        )
    await session.flush()
    school = await repository.school(session, caller.school_id)
    site = f"{address.rstrip('/')}/activate"
    images = await asyncio.to_thread(lambda: {one: _image(f"{site}#{shown_code(code)}") for one, code in codes.items()})
    items = [_slip(*row[:3], code=codes[row[1].id], qr=images[row[1].id], site=site, expires_at=instant + LIFE) for row in wanted]
    return Slips(school_name=school.name, class_name=name, address=site, items=items)


async def activate(database: Database, body: ActivationInput, visit: Visit) -> Activated:
    """Open the account of a guardian who has the slip and knows the child. No connection is held while the password is hashed."""
    code = plain_code(body.code)
    digest, keys = secret_hash(code), brakes.activation(code, visit.address)
    async with database.session() as session:
        await brakes.take(session, keys)
    async with database.session() as session:
        school_id = await repository.school_of(session, digest)
    if school_id is None:
        raise ActivationRefused
    async with database.session(opening(school_id=school_id, purpose="activation")) as session:
        _, guardian, children = await _matched(session, school_id, digest, body)
        await brakes.release(session, keys)
        await session.commit()  # whoever knows the child is no guesser, even when the password is refused
        username = (await free_usernames(session, school_id, [reading(guardian.name)[0]]))[0]
        await _expect_strong(session, school_id, guardian, children, username, body.password)
    password_hash = await passwords.hash_password(body.password)
    account_id = new_id()
    async with database.session(opening(account_id=account_id, school_id=school_id, purpose="activation")) as session:
        # Everything once more, in the transaction that counts: a print, an order or a twin may have come between.
        row, guardian, children = await _matched(session, school_id, digest, body)
        chosen = OwnChoice(account_id, username, guardian.name, "guardian", guardian.id, password_hash)
        await open_chosen_account(session, school_id, chosen, visit.address)
        if not await repository.spend(session, row, account_id, now()):
            raise ActivationRefused
    return Activated(username=username, display_name=guardian.name, children=[child.name for child in children])


async def _matched(
    session: AsyncSession, school_id: UUID, digest: bytes, body: ActivationInput
) -> tuple[ActivationCode, Guardian, Sequence[Student]]:
    """The code, whose it is, and their children; refused unless one of them is the child that was named."""
    row = await repository.living(session, school_id, digest, now())
    if row is None or await repository.has_account(session, school_id, row.guardian_id):
        raise ActivationRefused
    children = await repository.children(session, school_id, row.guardian_id)
    if not any(is_child(body.child_name, body.child_birth_on, child.name, child.birth_on) for child in children):
        raise ActivationRefused
    return row, await session.get_one(Guardian, (school_id, row.guardian_id)), children


async def _expect_strong(
    session: AsyncSession, school_id: UUID, guardian: Guardian, children: Sequence[Student], username: str, password: str
) -> None:
    words = [username, *await words_of(session, school_id, "guardian", guardian.id)]
    for child in children:  # a child's name and birthday are what others would try first
        words += await words_of(session, school_id, "student", child.id)
    weak = passwords.weakness(password, words)
    if weak is not None:
        raise WeakPassword(errors=[FieldError("#/password", *weak)])


async def _class_named(session: AsyncSession, caller: Caller, class_id: UUID) -> str:
    name = await repository.class_named(session, caller.school_id, class_id)
    if name is None or not caller.duty_scope("print_activation").covers(class_id):
        raise ClassNotFound
    return name


def _slip(student: Student, guardian: Guardian, relation: str, *, code: str, qr: str, site: str, expires_at: Any) -> Slip:
    return Slip(
        student_id=student.id,
        student_name=masked(student.name),
        student_number=student.student_number,
        guardian_relation=relation,
        guardian_name=masked(guardian.name),
        code=shown_code(code),
        address=site,
        qr=qr,
        expires_at=expires_at,
    )


def _image(address: str) -> str:
    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=3, border=2, dark="#000", light="#fff"))
