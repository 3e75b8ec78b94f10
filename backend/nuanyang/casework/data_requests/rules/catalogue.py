"""What a family can ask to correct and to erase, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Desk = Literal["registrar", "moral_education"]
FieldCode = Literal[
    "name",
    "former_name",
    "sex",
    "birth_on",
    "student_number",
    "phone",
    "address",
    "household_address",
    "mailing_address",
    "my_name",
    "identity",
    "results",
    "attendance",
    "plan",
    "other",
]
PartCode = Literal["own_details", "child_reach", "register", "results", "support"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to correct: whose desk, which class of data, and the record that a correction is written into, if it is by itself."""

    desk: Desk
    data_class: str
    record: Literal["basic", "contact", "guardian"] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to erase; `law` in Chinese and English where it must be kept."""

    desk: Desk
    data_class: str
    law: tuple[str, str] | None = None

    @property
    def is_erasable(self) -> bool:
        """Whether nothing obliges the school to keep it."""
        return self.law is None


_BASIC, _CONTACT = Field("registrar", "basic", "basic"), Field("registrar", "contact", "contact")
FIELDS: Mapping[str, Field] = {
    "name": _BASIC,
    "former_name": _BASIC,
    "sex": _BASIC,
    "birth_on": _BASIC,
    "student_number": _BASIC,
    "phone": _CONTACT,
    "address": _CONTACT,
    "household_address": _CONTACT,
    "mailing_address": _CONTACT,
    "my_name": Field("registrar", "contact", "guardian"),
    # The number itself is shown at the school with its paper, never written into a request.
    "identity": Field("registrar", "identity"),
    "results": Field("moral_education", "academic"),
    "attendance": Field("moral_education", "academic"),
    "plan": Field("moral_education", "family"),
    "other": Field("moral_education", "family"),
}
PARTS: Mapping[str, Part] = {
    "own_details": Part("registrar", "contact"),
    "child_reach": Part("registrar", "contact"),
    "register": Part(
        "registrar",
        "basic",
        (
            "学籍信息依《中小学生学籍管理办法》须长期保存，不能删除；有误可以更正。",
            "The school roll is kept for good by the regulations on student registration; what is wrong can be corrected.",
        ),
    ),
    "results": Part(
        "moral_education",
        "academic",
        (
            "成绩和考勤是学籍档案的组成部分，依《中小学生学籍管理办法》须保存，不能删除；有误可以更正。",
            "Results and attendance belong to the school roll and are kept by the regulations on student registration.",
        ),
    ),
    "support": Part(
        "moral_education",
        "family",
        (
            "学校关心、保护未成年学生的工作记录，须保存至学生离校后学校规定的年限，到期删除或去标识化。",
            "Records of how the school looks after its pupils are kept for the set years after leaving, then erased or de-identified.",
        ),
    ),
}
# What erasing a part empties: (record, columns).
EMPTIED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "own_details": ("guardian", ("employer", "occupation", "address")),
    "child_reach": ("contact", ("phone", "mailing_address", "commute_km", "commute_by")),
}
