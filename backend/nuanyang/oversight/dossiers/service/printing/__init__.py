"""一生一档 as a Word document: what the reader may see and nothing else; what is hidden is named."""

from collections.abc import Callable

from nuanyang.access.permissions import CLASS_NAMES
from nuanyang.kit.paper import Paper
from nuanyang.oversight.dossiers.schemas import DossierFile
from nuanyang.oversight.dossiers.service import words
from nuanyang.oversight.dossiers.service.printing import cases, profile
from nuanyang.oversight.dossiers.service.printing.plans import plan_paper
from nuanyang.oversight.dossiers.service.printing.press import Printing
from nuanyang.oversight.dossiers.service.words import plain, word

__all__ = ["Printing", "dossier_paper", "plan_paper"]

Section = tuple[str, Callable[[Paper, DossierFile], None]]
TITLE = "一生一档"


def dossier_paper(file: DossierFile, printing: Printing) -> bytes:
    """The finished .docx. Runs for tens of milliseconds: call it in a thread."""
    number = file.file.number if file.file else ""
    paper = Paper(TITLE, header=f"{printing.school}　{TITLE}{f'　{number}' if number else ''}")
    paper.cover(printing.school, TITLE, _cover(file, printing))
    sections = _sections(file, printing)
    paper.contents("目录", [title for title, _ in sections])
    for title, write in sections:
        paper.section(title)
        write(paper, file)
    if file.hidden:
        paper.text("以下内容按权限未列入本件：" + "、".join(word(CLASS_NAMES, c) for c in file.hidden) + "。")
    if unseen := [c for c in file.hidden_cases if c not in file.hidden]:
        paper.text("以下方面的认定、计划和帮扶记录按权限未列入本件：" + "、".join(word(CLASS_NAMES, c) for c in unseen) + "。")
    paper.text(f"打印人：{printing.by}　　打印日期：{words.day(printing.on)}")
    paper.signatures(("填表人", ""), ("审核人", ""), ("单位盖章", ""), ("日期", ""))
    return paper.content()


def _cover(file: DossierFile, printing: Printing) -> list[tuple[str, str]]:
    lead = next((lead for lead in file.file.case_leads if lead.valid_to is None), None) if file.file else None
    return [
        ("姓　　名", file.basic.name),
        ("班　　级", file.basic.class_.name if file.basic.class_ else "—"),
        ("学　　号", plain(file.basic.student_number)),
        ("档案编号", file.file.number if file.file else "—"),
        ("建档日期", words.day(file.file.opened_on if file.file else None)),
        ("责 任 人", lead.name if lead else "—"),
        ("打印日期", words.day(printing.on)),
    ]


def _sections(file: DossierFile, printing: Printing) -> list[Section]:
    every: list[tuple[bool, Section]] = [
        (True, ("基本信息", profile.basic)),
        (bool(file.contact), ("家庭与联系方式", profile.contact)),
        (any((file.family, file.economic, file.health)), ("家庭、经济与健康情况", profile.circumstances)),
        (file.support_needs is not None, ("支持需求", profile.support_needs)),
        (file.recognitions is not None, ("认定情况", cases.recognitions)),
        (file.evidence is not None, ("认定依据", cases.evidence)),
        (file.plan is not None, ("帮扶计划（一生一策）", cases.plan)),
        (
            file.evidence is not None or bool(file.interventions),
            ("帮扶记录", lambda paper, shown: cases.interventions(paper, shown, printing.kinds)),
        ),
        (file.academic is not None, ("学业成绩与考勤", profile.academic)),
        (file.radar is not None, ("四维进展", cases.radar)),
        (True, ("时间线", lambda paper, shown: cases.timeline(paper, shown, printing))),
    ]
    return [section for is_shown, section in every if is_shown]
