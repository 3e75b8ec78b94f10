"""The export: its cover in plain words, and the paper."""

from datetime import datetime
from zoneinfo import ZoneInfo

from nuanyang.access.actors import Caller
from nuanyang.casework.data_requests.schemas import OwnRequest
from nuanyang.kit.clock import now
from nuanyang.kit.paper.portable import PortablePaper
from nuanyang.oversight.family.rules import WORDS
from nuanyang.oversight.family.schemas import ChildExport, ChildResult, ChildShown, ExportCover, PlannedDoing, PlanSummary
from nuanyang.school.consents.schemas import OwnWord

TITLE = "孩子在校信息"
_SEX = {"male": "男", "female": "女", "unspecified": "未说明"}
_RELATION = {"father": "父亲", "mother": "母亲", "grandfather": "祖父", "grandmother": "祖母", "guardian": "监护人"}
_STATUS = {"absent": "缺考", "deferred": "缓考", "exempt": "免考", "violation": "成绩无效", "blank": "未登记"}
_BOARDING = {"day": "走读", "boarding": "住校"}
_ASKED = {"correct": "更正", "erase": "删除", "copy": "索取副本"}
_STATE = {"open": "已提交", "in_hand": "处理中", "fulfilled": "已办理", "partly": "部分办理", "refused": "未同意", "withdrawn": "已撤回"}
_SAID = {"given": "同意", "withdrawn": "不同意或撤回"}
_HOW = {"portal": "在平台上选择", "paper": "纸质同意书", "in_person": "当面告诉老师"}
_AREA = {"study": "学习", "life": "生活", "together": "家校与同伴"}
_PER = {"day": "每天", "week": "每周", "month": "每月", "term": "每学期", "once": "共"}
_WHAT = "这里是学校为您的孩子保存、并且可以提供给监护人的信息：基本信息、联系方式、考试成绩与考勤，暖阳计划中与家庭有关的安排和记录，以及您作出和撤回的同意。"
_WHY = "学校为办理学籍、组织教学、与家庭联系以及关心孩子成长而处理这些信息，不用于其他目的。"
_KEPT = "学籍、成绩和考勤按国家规定长期保存；其余信息在孩子离校后按学校规定的年限保存，到期删除或作去标识化处理。"
_RIGHTS = (
    "您可以查阅、复制孩子的信息；发现有误，可以要求更正；对不必再保存的信息，可以要求删除。"
    "在“家长”页面的“个人信息请求”中提出即可，学校会在规定期限内答复；不同意的，会写明理由。"
)


def cover_of(caller: Caller) -> ExportCover:
    """The cover of an export that this guardian takes along now."""
    return ExportCover(title=TITLE, made_at=now(), made_for=caller.display_name, what=_WHAT, why=_WHY, kept=_KEPT, rights=_RIGHTS)


def paper_of(export: ChildExport, time_zone: str) -> bytes:
    """The same as a PDF. Runs for tens of milliseconds: call it in a thread."""
    child, cover = export.child, export.cover
    paper = PortablePaper(TITLE, foot=f"{child.school}　{TITLE}")
    made = cover.made_at.astimezone(ZoneInfo(time_zone))
    paper.cover(
        child.school,
        TITLE,
        [("孩子", child.basic.name), ("提供给", cover.made_for), ("生成时间", _instant(made))],
        [("这是什么", cover.what), ("为什么保存", cover.why), ("保存多久", cover.kept), ("您的权利", cover.rights)],
    )
    _basic(paper, child)
    _contact(paper, child)
    _plan(paper, child.plan)
    _support(paper, child)
    _academic(paper, child)
    _consents(paper, export.consents)
    _requests(paper, export.requests, time_zone)
    return paper.content()


def _instant(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def _basic(paper: PortablePaper, child: ChildShown) -> None:
    basic = child.basic
    paper.section("基本信息")
    paper.facts(
        [
            ("姓名", basic.name),
            ("曾用名", basic.former_name or ""),
            ("性别", _SEX[basic.sex]),
            ("出生日期", _day(basic.birth_on)),
            ("学号", basic.student_number or ""),
            ("班级", basic.class_name or ""),
            ("入学日期", _day(basic.entered_on)),
            ("是否在校", "在校" if basic.is_at_school else "已离校"),
            ("班主任", "、".join(basic.homeroom_teachers)),
            *(
                (label, value)
                for label, value in (
                    ("民族", basic.ethnicity),
                    ("国籍", basic.nationality),
                    ("出生地", basic.birthplace),
                    ("籍贯", basic.native_place),
                    ("就读方式", _BOARDING.get(basic.boarding or "", basic.boarding)),
                )
                if value
            ),
        ]
    )


def _contact(paper: PortablePaper, child: ChildShown) -> None:
    contact = child.contact
    paper.section("联系方式")
    paper.facts(
        [
            ("孩子的电话", contact.phone or ""),
            ("家庭住址", contact.address or ""),
            ("户籍地址", contact.household_address or ""),
            ("通信地址", contact.mailing_address or ""),
            ("上下学方式", contact.commute_by or ""),
            ("监护人", "、".join(f"{one.name}（{_RELATION.get(one.relation, '亲属')}）" for one in contact.guardians)),
            ("您的电话", contact.mine.phone or ""),
            ("您的住址", contact.mine.address or ""),
            ("您的工作单位", contact.mine.employer or ""),
            ("您的职业", contact.mine.occupation or ""),
        ]
    )


def _plan(paper: PortablePaper, plan: PlanSummary | None) -> None:
    paper.section("暖阳计划")
    if plan is None:
        paper.text("目前没有需要向您说明的安排。")
        return
    if plan.letter:
        paper.text(plan.letter)
    for aim in plan.aims:
        paper.heading(f"{_AREA[aim.area]}：{aim.statement or '我们会这样做'}")
        for doing in aim.doing:
            paper.text(f"· {doing_words(doing)}")
    if plan.is_talk_offered:
        paper.text("老师想约您谈一次，听听您的想法，也说说学校的打算。")


def doing_words(doing: PlannedDoing) -> str:
    """数学小组辅导：每周 2 次，每次 40 分钟."""
    dose = f"{_PER[doing.per]} {doing.times:g} 次" + (f"，每次 {doing.minutes} 分钟" if doing.minutes else "")
    return f"{doing.title or WORDS[doing.kind]}：{dose}"


def _support(paper: PortablePaper, child: ChildShown) -> None:
    if child.support:
        paper.section("已经做的")
        paper.table(["日期", "事项"], [[_day(one.held_on), WORDS[one.kind]] for one in child.support], (5, 12))


def _academic(paper: PortablePaper, child: ChildShown) -> None:
    paper.section("成绩与考勤")
    if not child.academic.exams and not child.academic.attendance:
        paper.text("还没有登记成绩和考勤。")
    for exam in child.academic.exams:
        paper.heading(f"{exam.term}　{exam.name}（{_day(exam.held_on)}）")
        paper.table(["科目", "结果"], [[one.subject, result_words(one)] for one in exam.subjects], (5, 12))
    if child.academic.attendance:
        paper.heading("考勤")
        rows = [
            [
                f"{_day(one.starts_on)} 至 {_day(one.ends_on)}",
                f"{one.sick_leave:g} 天",
                f"{one.personal_leave:g} 天",
                f"{one.truancy:g} 天",
                f"{one.late} 次",
            ]
            for one in child.academic.attendance
        ]
        paper.table(["时间", "病假", "事假", "旷课", "迟到"], rows, (7, 2.5, 2.5, 2.5, 2.5))


def _consents(paper: PortablePaper, consents: list[OwnWord]) -> None:
    if not consents:
        return
    paper.section("您的同意与撤回")
    rows = [[_day(one.happened_on), one.name, _SAID[one.action], _HOW[one.how], f"第 {one.text_number} 版"] for one in consents]
    paper.table(["日期", "事项", "您的选择", "方式", "同意书"], rows, (3, 5, 3.5, 3.5, 2))
    for one in {(one.purpose, one.text_number): one for one in consents}.values():
        paper.heading(f"{one.name}（第 {one.text_number} 版）")
        for line in one.text.splitlines():
            paper.text(line)


def _requests(paper: PortablePaper, requests: list[OwnRequest], time_zone: str) -> None:
    if not requests:
        return
    paper.section("个人信息请求")
    rows = [
        [_day(one.asked_at.astimezone(ZoneInfo(time_zone)).date()), _ASKED[one.kind], _STATE[one.state], one.reason or ""]
        for one in requests
    ]
    paper.table(["提出日期", "请求", "结果", "学校的说明"], rows, (3, 2.5, 2.5, 9))


def result_words(one: ChildResult) -> str:
    """92 分（满分 100 分），A 等; 缺考."""
    if one.status != "present":
        return _STATUS[one.status]
    mark = f"{one.score:g} 分" if one.score is not None else ""
    full = f"（满分 {one.full_marks:g} 分）" if mark and one.full_marks is not None else ""
    level = f"{one.result_level} 等" if one.result_level else ""
    return "，".join(part for part in (mark + full, level) if part) or "已参加"


def _day(day: object) -> str:
    return str(day) if day else ""
