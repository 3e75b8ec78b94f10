"""The file on paper shows what its reader may see, and nothing else."""

from io import BytesIO
from typing import Any

from docx import Document

from nuanyang.casework.interventions.models import Intervention
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student, StudentEconomy, StudentFamily
from tests.factories.cases import opened, planned, recognised
from tests.factories.world import World


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells) + document.element.xml


async def supported_student(world: World) -> Student:
    student = await world.student("司马静")
    key = {"school_id": world.school_id, "id": student.id}
    await world.add(StudentFamily(**key, left_behind=2), StudentEconomy(**key, needs_aid=True, special_groups="orphan_allowance"))
    await recognised(world, student, "C1", reason="母亲重病花费大")
    await recognised(world, student, "C2", reason="连续三次考试靠后")
    await opened(world, student)
    measure = await planned(world, student, "tutoring")
    common: dict[str, Any] = {
        "school_id": world.school_id,
        "student_id": student.id,
        "held_on": today(),
        "minutes": 40,
        "form": {},
        "entered_on": today(),
    }
    await world.add(
        Intervention(**common, id=new_id(), kind="tutoring", data_class="academic", plan_measure_id=measure.id, went="掌握了分数运算"),
        Intervention(**common, id=new_id(), kind="visit", data_class="economic", went="家中无固定收入"),
    )
    return student


async def test_a_printed_file_has_no_hidden_class_and_names_it(world: World) -> None:
    student = await supported_student(world)
    answer = await (await world.client("academic_affairs")).get(f"/api/v1/students/{student.id}/dossier.docx")
    assert answer.status_code == 200 and "司马" not in answer.headers["content-disposition"]
    text = text_of(answer.content)
    assert "掌握了分数运算" in text and "连续三次考试靠后" in text and "填表人" in text
    for hidden in ("家中无固定收入", "母亲重病", "双亲留守", "orphan_allowance"):
        assert hidden not in text
    assert "按权限未列入本件" in text and "家庭经济" in text


async def test_a_principals_copy_has_every_section_and_repeats_table_heads(world: World) -> None:
    student = await supported_student(world)
    answer = await (await world.client("principal")).get(f"/api/v1/students/{student.id}/dossier.docx")
    text = text_of(answer.content)
    for part in ("家中无固定收入", "母亲重病花费大", "双亲留守", "帮扶计划（一生一策）", "数学小组辅导", "w:tblHeader"):
        assert part in text, part


async def test_another_school_does_not_print_it(world: World) -> None:
    student = await world.student()
    answer = await (await (await world.elsewhere()).client("principal")).get(f"/api/v1/students/{student.id}/dossier.docx")
    assert answer.status_code == 404
