"""The consent form on paper: one a student, with every text, boxes to tick and a line to sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from nuanyang.kit.paper import Paper
from nuanyang.school.consents.schemas import PurposeShown

TITLE = "暖阳计划知情同意书"
_INTRO = (
    "尊敬的家长：学校开展暖阳计划，关心每一位学生的成长。下面各项须征得您的同意。请逐项阅读，在每一项后面勾选；"
    "可以只同意其中几项，也可以都不同意，均不影响孩子正常上学。您可以随时向班主任提出撤回，或在家长平台上自行更改。"
)
_OWN = "你已满十四周岁，下面各项由你本人决定，学校会同时告知你的家长。请逐项阅读后勾选；可以只同意其中几项，随时可以撤回。"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a form is for."""

    name: str
    class_name: str
    student_number: str | None
    decides_alone: bool


def forms(school: str, purposes: Sequence[PurposeShown], addressees: Sequence[Addressee]) -> bytes:
    """One form after the other, each from a new page. Call it in a thread."""
    paper = Paper(TITLE)
    for place, one in enumerate(addressees):
        if place:
            paper.page_break()
        paper.title(school, TITLE)
        paper.facts([("学生姓名", one.name), ("班级", one.class_name), ("学号", one.student_number or ""), ("日期", "")])
        paper.text(_OWN if one.decides_alone else _INTRO)
        for number, purpose in enumerate(purposes, 1):
            paper.heading(f"{number}. {purpose.name}（第 {purpose.text.number} 版）")
            for line in purpose.text.body.splitlines():
                paper.text(line)
            paper.text("□ 同意　　　□ 不同意")
        signed = ("学生签名", "") if one.decides_alone else ("监护人签名", "")
        paper.signatures(signed, ("与学生关系", "本人" if one.decides_alone else ""), ("联系电话", ""), ("日期", ""))
    return paper.content()
