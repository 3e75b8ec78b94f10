"""The file on paper shows what its reader may see, and nothing else."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from docx import Document

from nuanyang.casework.interventions.models import Intervention
from nuanyang.exchange.rosters.reading.codes import _TABLES
from nuanyang.exchange.rosters.reading.oneroster.chinese import RELATIONSHIPS
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import PROJECT
from nuanyang.oversight.dossiers.service import words
from nuanyang.school.students.models import Student, StudentEconomy, StudentFamily
from nuanyang.school.support_needs.models import SupportNeed
from tests.factories.cases import noted, opened, planned, recognised
from tests.factories.plans import change, completed, drafted
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


async def test_support_needs_are_printed_for_whoever_reads_them_and_for_nobody_else(world: World) -> None:
    room = await world.school_class()
    student = await world.student("司马明远", room)
    await world.add(
        SupportNeed(school_id=world.school_id, id=new_id(), student_id=student.id, sentence="避免当众点名"),
        SupportNeed(
            school_id=world.school_id, id=new_id(), student_id=student.id, sentence="体育课减量", until_on=today() - timedelta(days=1)
        ),
    )
    texts = []
    for role in ("subject_teacher", "tutor"):
        answer = await (await world.client((role, room))).get(f"/api/v1/students/{student.id}/dossier.docx")
        texts.append(text_of(answer.content))
    assert "避免当众点名" in texts[0] and "老师请这样做" in texts[0] and "长期" in texts[0] and "体育课减量" not in texts[0]
    assert "避免当众点名" not in texts[1] and "老师请这样做" not in texts[1]


async def test_another_school_does_not_print_it(world: World) -> None:
    student = await world.student()
    answer = await (await (await world.elsewhere()).client("principal")).get(f"/api/v1/students/{student.id}/dossier.docx")
    assert answer.status_code == 404


async def test_the_paper_has_the_four_dimensions_and_what_happened(world: World) -> None:
    student = await supported_student(world)
    await noted(world, student, "academic", "term_checked")
    await noted(world, student, "economic", "plan_closed")
    text = text_of((await (await world.client("academic_affairs")).get(f"/api/v1/students/{student.id}/dossier.docx")).content)
    assert "四维进展" in text and "学期复核" in text and "按权限未列入" in text
    assert "结束" not in text  # the entry of another class


def test_every_code_of_a_roster_has_a_word_on_paper_and_on_the_page() -> None:
    labels = (PROJECT / "frontend/src/features/dossiers/labels.ts").read_text()
    tables = {
        "health_status": words.HEALTH,
        "disability": words.DISABILITY,
        "inclusive_placement": words.PLACEMENT,
        "household_kind": words.HOUSEHOLD,
        "boarding": words.BOARDING,
    }
    for name, known in tables.items():
        codes = {code for code, _ in _TABLES[name]}
        assert codes <= set(known), codes - set(known)
        assert [c for c in codes if f"{c}:" not in labels] == []
    relations = set(RELATIONSHIPS.values())
    assert relations <= set(words.RELATION), relations - set(words.RELATION)
    assert [r for r in relations if f"{r}:" not in labels] == []


async def test_a_plan_on_paper_holds_what_its_reader_sees(world: World) -> None:
    student = await world.student("司马静")
    await recognised(world, student, "C1")
    await recognised(world, student, "C2")
    lead = await world.client("aid_officer", ("case_lead", student))
    plan = await drafted(lead, student, "C1.key.hardship")
    plan = await completed(lead, await drafted(lead, student, "C2.general.subject"), await world.staff("评估人"))
    assert (await change(lead, plan, summary="我们一起陪孩子往前走。")).status_code == 200
    path = f"/api/v1/support-plans/{plan['id']}/plan.docx"
    answer = await (await world.client("principal")).get(path)
    assert answer.status_code == 200 and "司马" not in answer.headers["content-disposition"]
    whole = text_of(answer.content).replace("　", "")
    for part in (
        "一生一策",
        "第 1 版（草稿）",
        "学业方面",
        "生活方面",
        "逐项告知资助政策",
        "我们一起陪孩子往前走",
        "填表人",
        "w:tblHeader",
    ):
        assert part in whole, part
    assert "应做" not in whole  # a draft has delivered nothing
    seen = text_of((await (await world.client("academic_affairs")).get(path)).content)
    assert "学业方面" in seen and "按权限不列入本件：家庭经济" in seen
    for hidden in ("生活方面", "逐项告知资助政策", "陪孩子往前走", "C1"):
        assert hidden not in seen, hidden
    assert (await (await world.client("registrar")).get(path)).status_code == 404
    assert (await (await (await world.elsewhere()).client("principal")).get(path)).status_code == 404
    assert (await world.anonymous().get(path)).status_code == 401


async def test_a_plan_in_force_prints_planned_against_delivered(world: World) -> None:
    student = await world.student("司马静")
    measure = await planned(world, student, "A1.3.small_group_tutoring", times=3, per="once")
    client = await world.client("academic_affairs")
    record = {
        "student_id": str(student.id),
        "kind": measure.kind,
        "plan_measure_id": str(measure.id),
        "held_on": today().isoformat(),
        "minutes": 40,
        "form": {"subject": "数学", "topic": "分数"},
    }
    assert (await client.post("/api/v1/interventions", json=record)).status_code == 201
    document = Document(BytesIO((await client.get(f"/api/v1/support-plans/{measure.plan_id}/plan.docx")).content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["数学小组辅导", "共 3 次，每次 40 分钟", "—", "3 次", "1 次"] in rows
