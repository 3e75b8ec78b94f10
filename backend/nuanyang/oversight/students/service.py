"""Changes of a student's own record, the two uses of identity numbers, and the list as a workbook."""

import hmac
import io
import json
from uuid import UUID

import structlog
import xlsxwriter
from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import brakes
from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import saw
from nuanyang.access.guards import expect_version
from nuanyang.access.walls import beyond
from nuanyang.kit.crypto import Keyring
from nuanyang.oversight.students.errors import NumberNotKept
from nuanyang.oversight.students.schemas import RevealInput, StudentPatch
from nuanyang.school.students.models import StudentIdentity
from nuanyang.school.students.service import demand, visible_student, write_record

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
    if patch.model_fields_set:
        basic = patch.basic.model_dump(exclude_unset=True) if patch.basic else {}
        await write_record(session, student, basic, patch.contact.model_dump(exclude_unset=True) if patch.contact else {})


async def reveal_number(session: AsyncSession, caller: Caller, keyring: Keyring, student_id: UUID, body: RevealInput) -> str:
    """Decrypt one number for somebody who holds `identity` for this student; who, which and why is logged, the number never."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", "identity")
    kept = (await session.scalars(select(StudentIdentity).where(*_of(caller, student_id)))).one_or_none()
    is_identity = body.field == "identity_number"
    cipher = (kept.identity_cipher if is_identity else kept.registration_cipher) if kept else None
    if cipher is None:
        raise NumberNotKept
    await saw(session, caller, [student_id], ["identity"], fields=[body.field], reason=body.reason)
    log.info("identity_revealed", account_id=str(caller.account_id), student_id=str(student_id), field=body.field, reason=body.reason)
    return _decrypted(keyring, cipher, IDENTITY_COLUMN if is_identity else REGISTRATION_COLUMN, student_id)


async def confirm_number(session: AsyncSession, caller: Caller, keyring: Keyring, student_id: UUID, last_four: str) -> bool:
    """Whether these are the last four characters of the identity number: for whoever holds a paper and may not see the number.

    Recorded with its outcome; guessing is slowed down. A wrong try counts whatever comes of it.
    """
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "confirm", "identity")
    keys = brakes.confirming(caller.account_id, student_id)
    await brakes.take(session, keys)
    await session.commit()
    # The row is behind a wall for who confirms; yes or no is all that is told of it.
    async with beyond(session, "confirming"):
        cipher = await session.scalar(select(StudentIdentity.identity_cipher).where(*_of(caller, student_id)))
    if cipher is None:
        raise NumberNotKept
    matches = hmac.compare_digest(_decrypted(keyring, cipher, IDENTITY_COLUMN, student_id)[-4:].upper(), last_four.upper())
    if matches:
        await brakes.release(session, keys)
    await saw(session, caller, [student_id], ["identity"], fields=["identity_number"], matches=matches)
    return matches


def _of(caller: Caller, student_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return StudentIdentity.school_id == caller.school_id, StudentIdentity.id == student_id


def _decrypted(keyring: Keyring, cipher: bytes, column: str, student_id: UUID) -> str:
    try:
        return keyring.decrypt(cipher, column, student_id)
    except InvalidTag as reason:
        log.exception("identity_not_readable", student_id=str(student_id), field=column)
        raise NumberNotKept from reason


def indexes_of(keyring: Keyring, number: str) -> tuple[bytes, bytes]:
    """Blind indexes of a number, as an identity and as a registration number: whoever searches does not know which."""
    return keyring.blind_index(number, IDENTITY_COLUMN), keyring.blind_index(number, REGISTRATION_COLUMN)


MOST_EXPORTED = 20_000
_WORDS = {
    "male": "男",
    "female": "女",
    "unspecified": "未说明",
    "enrolled": "在读",
    "suspended": "休学",
    "graduated": "毕业",
    "transferred_out": "转出",
    "whereabouts_unverified": "去向待核实",
    "dropped_out": "辍学",
    "deceased": "已故",
    "merged": "已合并",
    "father": "父亲",
    "mother": "母亲",
    "grandfather": "祖父",
    "grandmother": "祖母",
    "guardian": "监护人",
    "sibling": "兄弟姐妹",
    "relative": "亲属",
    "other": "其他",
    "C1": "家庭经济",
    "C2": "学业",
    "C3": "身心",
    "C4": "情感",
    "key": "重点",
    "general": "一般",
}
_BASIC = {
    "name": "姓名",
    "student_number": "学号",
    "grade": "年级",
    "class_name": "班级",
    "sex": "性别",
    "birth_on": "出生日期",
    "status": "在校状态",
}


def workbook_of(body: str) -> bytes:
    """Write the list that PostgreSQL answered as a workbook: what the list shows, nothing more, and no cell is ever a formula."""
    rows = json.loads(body)["items"]
    has_cases, has_contact = any("cases" in row for row in rows), any("contact" in row for row in rows)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("学生名单")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 10, 14)
    head = [*_BASIC.values(), *(["帮扶类别"] if has_cases else []), *(["监护人", "关系", "联系电话"] if has_contact else [])]
    sheet.write_row(0, 0, head, book.add_format({"bold": True}))
    for number, row in enumerate(rows, 1):
        cells = [row["basic"][name] for name in _BASIC]
        if has_cases:
            cells.append("、".join(_case(case) for case in row.get("cases", ())))
        if has_contact:
            guardian = (row.get("contact") or {}).get("guardian") or {}
            cells += [guardian.get(name) for name in ("name", "relation", "phone_masked")]
        sheet.write_row(number, 0, [_WORDS.get(cell, cell) if isinstance(cell, str) else cell for cell in cells])
    book.close()
    return file.getvalue()


def _case(case: dict[str, str]) -> str:
    """家庭经济·重点; a case not yet decided without its level."""
    return _WORDS[case["category"]] + (f"·{_WORDS[case['support_level']]}" if case["state"] == "recognised" else "（评议中）")
