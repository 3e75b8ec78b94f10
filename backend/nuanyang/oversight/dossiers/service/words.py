"""Chinese words for the codes that a printed file shows."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

SEX = {"male": "男", "female": "女", "unspecified": "未说明"}
STUDENT_STATUS = {
    "enrolled": "在读",
    "suspended": "休学",
    "graduated": "毕业",
    "transferred_out": "转出",
    "whereabouts_unverified": "去向待核实",
    "dropped_out": "辍学",
    "deceased": "死亡",
    "merged": "已合并",
}
RECOGNITION_STATE = {
    "class_review": "班级评议",
    "grade_review": "年级审核",
    "school_review": "学校审定",
    "recognised": "已认定",
    "declined": "不予认定",
    "exited": "已退出",
}
STEP = {"class": "班级评议", "grade": "年级审核", "school": "学校审定", "term_check": "学期复核", "exit": "退出"}
OUTCOME = {"agree": "同意", "decline": "不予认定", "return": "退回班级", "continue": "继续帮扶", "exit": "退出"}
LEFT_BEHIND = {0: "非留守", 1: "单亲留守", 2: "双亲留守"}
RELATION = {
    "parent": "父母",
    "father": "父亲",
    "mother": "母亲",
    "stepfather": "继父（养父）",
    "stepmother": "继母（养母）",
    "grandparent": "祖辈",
    "grandfather": "祖父",
    "grandmother": "祖母",
    "maternal_grandfather": "外祖父",
    "maternal_grandmother": "外祖母",
    "sibling": "兄弟姐妹",
    "uncle_or_aunt": "叔伯姑舅姨",
    "other_relative": "其他亲属",
    "guardian": "监护人",
    "other": "其他",
}
HOUSEHOLD = {
    "agricultural": "农业户口",
    "non_agricultural": "非农业户口",
    "resident": "居民户口",
    "collective": "集体户口",
    "unregistered": "未落常住户口",
}
BOARDING = {"day": "走读", "boarding": "住校"}
HEALTH = {"healthy": "健康或良好", "frail": "一般或较弱", "chronic": "慢性病", "physical_defect": "生理缺陷", "disabled": "残疾"}
DISABILITY = {
    "none": "无",
    "visual": "视力残疾",
    "hearing": "听力残疾",
    "speech": "言语残疾",
    "physical": "肢体残疾",
    "intellectual": "智力残疾",
    "psychiatric": "精神残疾",
    "multiple": "多重残疾",
    "other": "其他残疾",
}
PLACEMENT = {"none": "否", "inclusive": "随班就读", "special_class": "附设特教班", "home_teaching": "送教上门"}
# The order of subjects on a report; others follow by name.
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "生物", "道德与法治", "思想政治", "历史", "地理", "科学", "信息科技")


def word(words: Mapping[str, str], code: str | None) -> str:
    """The Chinese word; an unknown code stands as it is, nothing at all is a dash."""
    return "—" if code in (None, "") else words.get(str(code), str(code))


def yes(value: bool | None) -> str:
    """是, 否, or a dash where nobody said."""
    return "—" if value is None else "是" if value else "否"


def plain(value: object) -> str:
    """A value as text; numbers without empty decimals."""
    if value is None or value == "":
        return "—"
    return f"{value:g}" if isinstance(value, float) else str(value)


def day(value: date | None) -> str:
    """2026年11月25日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "—"


def day_of(instant: datetime, time_zone: str) -> str:
    """The school's day of an instant, as 2026-11-25."""
    return instant.astimezone(ZoneInfo(time_zone)).date().isoformat()


def by_subject(name: str) -> tuple[int, str]:
    """The place of a subject on a report."""
    return (SUBJECTS.index(name) if name in SUBJECTS else len(SUBJECTS), name)
