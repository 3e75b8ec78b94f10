"""Chinese words for the codes that a printed file shows."""

from collections.abc import Mapping

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
DATA_CLASS = {
    "basic": "基本信息",
    "contact": "联系方式",
    "identity": "身份信息",
    "academic": "学业",
    "economic": "家庭经济",
    "family": "家庭情况",
    "protection": "保护性信息",
    "health": "健康",
    "support_needs": "支持需求",
    "wellbeing": "心理关注",
    "clinical": "心理辅导",
    "volunteering": "志愿服务",
    "money": "经费",
}
RECOGNITION_STATE = {
    "class_review": "班级评议",
    "grade_review": "年级评议",
    "school_review": "学校评议",
    "recognised": "已认定",
    "declined": "不予认定",
    "exited": "已退出",
}
SUPPORT_LEVEL = {"key": "重点", "general": "一般"}
DIMENSION = {"academic": "学业", "psychological": "心理", "living": "生活", "social": "社会"}
PER = {"day": "每天", "week": "每周", "month": "每月", "term": "每学期", "once": "共"}
ATTENDANCE = {"present": "到场", "late": "迟到", "left_early": "早退", "excused": "请假", "absent": "缺席"}
ACHIEVED = {"yes": "达成", "partly": "部分达成", "no": "未达成"}
LEFT_BEHIND = {0: "非留守", 1: "单亲留守", 2: "双亲留守"}
RELATION = {
    "father": "父亲",
    "mother": "母亲",
    "grandfather": "祖父（外祖父）",
    "grandmother": "祖母（外祖母）",
    "guardian": "监护人",
    "sibling": "兄弟姐妹",
    "relative": "亲属",
    "other": "其他",
}


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
