"""The empty sheet of an exam, with the students of a class in it: what teachers fill in and send back."""

import asyncio
import io
from collections.abc import Sequence
from uuid import UUID

import xlsxwriter
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.school.results import policy, repository
from nuanyang.school.results.models import Exam
from nuanyang.school.results.service.exams import found_exam
from nuanyang.school.results.service.imports import students_of
from nuanyang.school.sheets.rules import Candidate


async def template(session: AsyncSession, caller: Caller, exam_id: UUID, class_id: UUID | None) -> tuple[str, bytes]:
    """(file name, .xlsx) with 学号, 姓名, 班级 and a column a subject, one sheet a class, for the classes the caller may enter."""
    exam = await found_exam(session, caller, exam_id)
    taught = await repository.taught(session, caller, today())
    asked = [one for one in await students_of(session, exam) if class_id is None or one.class_id == class_id]
    mine: dict[str, list[Candidate]] = {
        title: [one for one in asked if policy.may_enter(caller, taught, one.current_class_id, one.id, subject.subject)]
        for subject, _ in await repository.subjects_of(session, caller.school_id, [exam.id])
        for title in [f"{subject.subject}（{subject.full_marks.normalize():f}分）" if subject.full_marks else subject.subject]
    }
    students = list(dict.fromkeys(one for several in mine.values() for one in several))
    return f"成绩 {exam.name}.xlsx", await asyncio.to_thread(_written, exam, [title for title in mine if mine[title]], students)


def _written(exam: Exam, subjects: Sequence[str], students: Sequence[Candidate]) -> bytes:
    out = io.BytesIO()
    # Texts stay texts whatever they begin with: nothing a person typed becomes a formula.
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head, plain = workbook.add_format({"bold": True, "bg_color": "#FFF3D6", "border": 1}), workbook.add_format({"num_format": "@"})
    classes: dict[tuple[int, str], list[Candidate]] = {}
    for one in students:
        classes.setdefault((one.class_number or 999, one.class_name or "未分班"), []).append(one)
    for (_, name), members in sorted(classes.items()) or [((0, exam.name), [])]:
        sheet = workbook.add_worksheet("".join(c for c in name if c not in "[]:*?/\\'")[:31] or "成绩")
        sheet.freeze_panes(1, 3)
        sheet.set_column(0, 2, 14, plain)
        for place, title in enumerate(("学号", "姓名", "班级", *subjects)):
            sheet.write_string(0, place, title, head)
        for line, one in enumerate(sorted(members, key=lambda c: (c.number or "~", c.name)), 1):
            for place, text in enumerate((one.number or "", one.name, name)):
                sheet.write_string(line, place, text, plain)
    workbook.close()
    return out.getvalue()
