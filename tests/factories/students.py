"""What surrounds a student: cases, guardians, numbers."""

from datetime import date
from typing import Any
from uuid import UUID

from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.ids import new_id
from nuanyang.oversight.students.service import IDENTITY_COLUMN, REGISTRATION_COLUMN
from nuanyang.school.guardians.models import CustodyOrder, Guardian, StudentGuardian
from nuanyang.school.students.models import Student, StudentIdentity
from nuanyang.school.students.pinyin import reading
from tests.factories.cases import agreed, deciders
from tests.factories.world import World

CLASS_OF = {"C1": "economic", "C2": "academic", "C3": "health", "C4": "family"}


async def named(world: World, name: str, school_class: Any = None, **more: Any) -> Student:
    """A student whose pinyin is that of the name."""
    pinyin, initials = reading(name)
    return await world.student(name, school_class, pinyin=pinyin, initials=initials, **more)


async def case(
    world: World, student: Student, category: str, state: str = "recognised", level: str = "general", **more: Any
) -> Recognition:
    """A case of this school year."""
    withheld = more.get("withheld_from_staff_id") or more.get("withheld_from_staff_ids")
    data_class = more.get("data_class") or ("protection" if withheld else CLASS_OF[category])
    facts = {
        "data_class": data_class,
        **deciders(state, data_class),
        "support_level": level,
        "entered_by": new_id(),
        "recognised_on": date(2026, 10, 1) if state == "recognised" else None,
        "valid_to": world.year.ends_on if state == "recognised" else None,
    }
    row = Recognition(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        school_year_id=world.year.id,
        category=category,
        state=state,
        **facts | more,
    )
    return await world.add(row, *agreed(row))


async def guardian(world: World, student: Student, name: str = "王建国", phone: str | None = "13812345678", **more: Any) -> Guardian:
    """A guardian of the student."""
    row = Guardian(school_id=world.school_id, id=new_id(), name=name, phone=phone)
    relation = StudentGuardian(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        guardian_id=row.id,
        **{"relation": "father", "is_guardian": True} | more,
    )
    return await world.add(row, relation)


async def kept_away(world: World, student: Student, guardian: Guardian, *kinds: str, **more: Any) -> CustodyOrder:
    """A custody order that keeps the guardian from the student, in force since September."""
    facts = {"starts_on": world.year.starts_on, "source": "court", "reference": "（2026）民初字第12号", "created_by": new_id()}
    return await world.add(
        CustodyOrder(
            school_id=world.school_id,
            id=new_id(),
            student_id=student.id,
            guardian_id=guardian.id,
            kinds=list(kinds or ("no_information",)),
            **facts | more,
        )
    )


async def numbers(world: World, student: Student, identity: str, registration: str) -> StudentIdentity:
    """The student's identity and registration number, encrypted as the importer does."""
    keyring = world.app.state.keyring

    def sealed(value: str, column: str, row_id: UUID) -> tuple[bytes, bytes]:
        return keyring.encrypt(value, column, row_id), keyring.blind_index(value, column)

    identity_cipher, identity_index = sealed(identity, IDENTITY_COLUMN, student.id)
    registration_cipher, registration_index = sealed(registration, REGISTRATION_COLUMN, student.id)
    return await world.add(
        StudentIdentity(
            school_id=world.school_id,
            id=student.id,
            identity_kind="resident_id",
            identity_cipher=identity_cipher,
            identity_index=identity_index,
            identity_tail=identity[-2:],
            registration_cipher=registration_cipher,
            registration_index=registration_index,
            registration_tail=registration[-2:],
            registration_kind=registration[0],
        )
    )
