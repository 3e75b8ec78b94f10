"""Changes of a student's own record, and the two uses of identity numbers."""

from uuid import UUID

import structlog
from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import Keyring
from nuanyang.oversight.students.errors import NumberNotKept
from nuanyang.oversight.students.schemas import RevealInput, StudentPatch
from nuanyang.school.students.models import Student, StudentContact, StudentIdentity
from nuanyang.school.students.pinyin import reading
from nuanyang.school.students.service import demand, visible_student

log = structlog.get_logger()
IDENTITY_COLUMN, REGISTRATION_COLUMN = "student_identities.identity", "student_identities.registration"


async def change_student(session: AsyncSession, caller: Caller, student_id: UUID, seen_version: int, patch: StudentPatch) -> None:
    """Write what the patch names, each group by its own right; the version counts up whatever the group."""
    student = await visible_student(session, caller, student_id)
    if patch.basic is not None:
        demand(caller, student, "write", "basic")
    if patch.contact is not None:
        demand(caller, student, "write", "contact")
    expect_version(seen_version, student.version)
    for name, value in (patch.basic.model_dump(exclude_unset=True) if patch.basic else {}).items():
        setattr(student, name, value)
    student.pinyin, student.initials = reading(student.name)
    contact_changes = patch.contact.model_dump(exclude_unset=True) if patch.contact else {}
    if contact_changes:
        await _change_contact(session, student, contact_changes)
    if patch.model_fields_set:
        student.updated_at = now()
    await session.flush()


async def _change_contact(session: AsyncSession, student: Student, changes: dict[str, object]) -> None:
    statement = select(StudentContact).where(StudentContact.school_id == student.school_id, StudentContact.id == student.id)
    contact = (await session.scalars(statement)).one_or_none()
    if contact is None:
        contact = StudentContact(school_id=student.school_id, id=student.id)
        session.add(contact)
    for name, value in changes.items():
        setattr(contact, name, value)


async def reveal_number(session: AsyncSession, caller: Caller, keyring: Keyring, student_id: UUID, body: RevealInput) -> str:
    """Decrypt one number for somebody who holds `identity` for this student; who, which and why is logged, the number never."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", "identity")
    statement = select(StudentIdentity).where(StudentIdentity.school_id == caller.school_id, StudentIdentity.id == student_id)
    kept = (await session.scalars(statement)).one_or_none()
    is_identity = body.field == "identity_number"
    cipher = (kept.identity_cipher if is_identity else kept.registration_cipher) if kept else None
    if cipher is None:
        raise NumberNotKept
    log.info("identity_revealed", account_id=str(caller.account_id), student_id=str(student_id), field=body.field, reason=body.reason)
    try:
        return keyring.decrypt(cipher, IDENTITY_COLUMN if is_identity else REGISTRATION_COLUMN, student_id)
    except InvalidTag as reason:
        log.exception("identity_not_readable", student_id=str(student_id), field=body.field)
        raise NumberNotKept from reason


def indexes_of(keyring: Keyring, number: str) -> tuple[bytes, bytes]:
    """Blind indexes of a number, as an identity and as a registration number: whoever searches does not know which."""
    return keyring.blind_index(number, IDENTITY_COLUMN), keyring.blind_index(number, REGISTRATION_COLUMN)
