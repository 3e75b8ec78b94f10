"""The catalogue of evidence: what can be known about a need, as data. Codes are stable: rules, sheets and other slices name them.

A kind says its category, its data class, which sources may bring it and which typed facts stand beside it (`Evidence.facts`). Facts and
their units: `money` is fen, `integer` and `decimal` carry their unit, `choice` one of the option codes, `date` an ISO date. A kind that is
not a `ground` describes the form of a family: it adds to a picture and alone never makes a proposal (C4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FactType = Literal["integer", "decimal", "money", "date", "text", "choice", "boolean"]
EnteredSource = Literal["self_report", "nomination", "home_visit", "special_list"]
SOURCE_NAMES: Mapping[str, tuple[str, str]] = {
    "results": ("学业成绩", "Results"),
    "attendance": ("考勤", "Attendance"),
    "self_report": ("学生自述", "Self-report"),
    "nomination": ("教师提名", "Teacher's nomination"),
    "home_visit": ("家访", "Home visit"),
    "special_list": ("特殊群体名单", "Special-group list"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One typed fact of a kind: bounds are inclusive, `options` are (code, Chinese, English)."""

    code: str
    zh: str
    en: str
    type: FactType
    unit: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[tuple[str, str, str], ...] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence."""

    code: str
    zh: str
    en: str
    category: Literal["C1", "C2", "C3", "C4"]
    data_class: str
    sources: tuple[EnteredSource, ...]
    facts: tuple[Fact, ...] = ()
    is_ground: bool = True


_ALL: tuple[EnteredSource, ...] = ("self_report", "nomination", "home_visit", "special_list")
_SEEN: tuple[EnteredSource, ...] = ("self_report", "nomination", "home_visit")
_INCOME = Fact("income_per_head", "家庭人均月收入", "Monthly income per head", "money", "fen/month", 0, 100_000_00)
_HOUSEHOLD = Fact("household_size", "家庭人口", "People in the household", "integer", "people", 1, 30)
_SINCE = Fact("since_on", "起始日期", "Since", "date")
_UNTIL = Fact("valid_until", "有效期至", "Valid until", "date")
_NUMBER = Fact("certificate_number", "证件（证明）编号", "Certificate number", "text")
_SUBJECTS = Fact("subjects", "涉及学科", "Subjects", "text")
_MONTHS = Fact("duration_months", "持续时间", "How long", "integer", "months", 0, 240)
_IMPACT = Fact(
    "impact",
    "影响程度",
    "Impact",
    "choice",
    options=(("slight", "轻微", "Slight"), ("clear", "明显", "Clear"), ("severe", "严重", "Severe")),
)
_ASSESSED = Fact(
    "assessed_by",
    "由谁评估",
    "Assessed by",
    "choice",
    options=(("teacher", "教师观察", "A teacher"), ("counsellor", "心理教师", "The counsellor"), ("hospital", "医疗机构", "A hospital")),
)
_AWAY = Fact("away_months", "父母外出时间", "Months the parents are away", "integer", "months", 0, 240)
_CAREGIVER = Fact(
    "caregiver",
    "实际照护人",
    "Who looks after the child",
    "choice",
    options=(
        ("father", "父亲", "Father"),
        ("mother", "母亲", "Mother"),
        ("grandparents", "祖辈", "Grandparents"),
        ("relatives", "其他亲属", "Other relatives"),
        ("none", "无人照护", "Nobody"),
    ),
)
_FREQUENCY = Fact(
    "frequency",
    "发生频次",
    "How often",
    "choice",
    options=(("once", "偶发一次", "Once"), ("repeated", "多次", "Repeatedly"), ("ongoing", "持续发生", "Ongoing")),
)
_DISABILITIES = (
    ("visual", "视力", "Visual"),
    ("hearing", "听力", "Hearing"),
    ("speech", "言语", "Speech"),
    ("physical", "肢体", "Physical"),
    ("intellectual", "智力", "Intellectual"),
    ("mental", "精神", "Mental"),
    ("multiple", "多重", "Multiple"),
    ("learning", "学习障碍", "Learning"),
)

_C1 = (
    Kind(
        "minimum_living_allowance",
        "最低生活保障家庭",
        "Minimum living allowance",
        "C1",
        "economic",
        _ALL,
        (_INCOME, _HOUSEHOLD, _SINCE, _UNTIL, _NUMBER),
    ),
    Kind("extreme_poverty_support", "特困供养", "Extreme poverty support", "C1", "economic", _ALL, (_SINCE, _UNTIL, _NUMBER)),
    Kind(
        "monitored_household",
        "脱贫（监测）户",
        "Monitored household",
        "C1",
        "economic",
        _ALL,
        (
            Fact(
                "monitored_kind",
                "监测类别",
                "Kind",
                "choice",
                options=(
                    ("lifted", "脱贫户", "Lifted out of poverty"),
                    ("unstable", "脱贫不稳定户", "Unstable"),
                    ("borderline", "边缘易致贫户", "Borderline"),
                    ("sudden", "突发严重困难户", "Sudden severe hardship"),
                ),
            ),
            _INCOME,
            _HOUSEHOLD,
            _SINCE,
            _UNTIL,
        ),
    ),
    Kind("low_income_family", "低收入家庭", "Low-income family", "C1", "economic", _ALL, (_INCOME, _HOUSEHOLD, _SINCE, _UNTIL)),
    Kind(
        "sudden_hardship",
        "突发困难",
        "Hardship from a sudden event",
        "C1",
        "economic",
        _ALL,
        (
            Fact(
                "event",
                "事由",
                "Event",
                "choice",
                options=(
                    ("illness", "重大疾病", "Serious illness"),
                    ("accident", "意外事故", "Accident"),
                    ("disaster", "自然灾害", "Disaster"),
                    ("death", "家庭主要成员去世", "Death in the family"),
                    ("unemployment", "失业", "Unemployment"),
                    ("other", "其他", "Other"),
                ),
                is_required=True,
            ),
            Fact("happened_on", "发生日期", "When", "date"),
            Fact("loss", "损失或自付费用", "Loss or own cost", "money", "fen", 0, 1_000_000_000),
            _INCOME,
        ),
    ),
    Kind("orphan", "孤儿", "Orphan", "C1", "economic", _ALL, (_CAREGIVER, _SINCE, _NUMBER)),
    Kind(
        "de_facto_unattended_child", "事实无人抚养儿童", "De facto unattended child", "C1", "economic", _ALL, (_CAREGIVER, _SINCE, _NUMBER)
    ),
    Kind("martyr_family", "烈士子女（优抚对象子女）", "Child of a martyr", "C1", "economic", _ALL, (_NUMBER,)),
    Kind(
        "disabled_parent",
        "父母残疾",
        "Parent with a disability",
        "C1",
        "economic",
        _ALL,
        (
            Fact(
                "parent",
                "哪一方",
                "Which parent",
                "choice",
                options=(("father", "父亲", "Father"), ("mother", "母亲", "Mother"), ("both", "双方", "Both")),
            ),
            Fact("disability_grade", "残疾等级", "Grade", "integer", None, 1, 4),
            _NUMBER,
        ),
    ),
    Kind(
        "serious_illness_family",
        "家庭成员患重大疾病",
        "Serious illness in the family",
        "C1",
        "economic",
        _ALL,
        (Fact("own_cost", "年自付医疗费", "Own medical cost a year", "money", "fen/year", 0, 1_000_000_000), _INCOME, _SINCE),
    ),
)
_C2 = (
    Kind("weak_foundation", "基础薄弱", "Weak foundation", "C2", "academic", _SEEN, (_SUBJECTS, _IMPACT, _MONTHS)),
    Kind("weak_method", "学习方法欠缺", "Weak study method", "C2", "academic", _SEEN, (_SUBJECTS, _IMPACT)),
    Kind("low_motivation", "学习动力不足", "Low motivation", "C2", "academic", _SEEN, (_SUBJECTS, _IMPACT, _MONTHS)),
    Kind(
        "learning_observation",
        "学习困难（教师观察）",
        "Learning difficulty observed",
        "C2",
        "academic",
        ("nomination", "home_visit"),
        (_SUBJECTS, _IMPACT),
    ),
)
_C3 = (
    Kind(
        "disability",
        "残疾",
        "Disability",
        "C3",
        "health",
        _ALL,
        (
            Fact("disability_kind", "残疾类别", "Kind", "choice", options=_DISABILITIES),
            Fact("disability_grade", "残疾等级", "Grade", "integer", None, 1, 4),
            _NUMBER,
            _UNTIL,
        ),
    ),
    Kind("chronic_illness", "慢性疾病", "Chronic illness", "C3", "health", _SEEN, (_IMPACT, _SINCE, _ASSESSED)),
    # Long-lasting trouble belongs to wellbeing, which the counsellor keeps; a name of an illness is never asked for here.
    Kind("long_anxiety", "长期焦虑", "Long-lasting anxiety", "C3", "wellbeing", _SEEN, (_MONTHS, _IMPACT, _ASSESSED)),
    Kind("long_depression", "长期情绪低落", "Long-lasting low mood", "C3", "wellbeing", _SEEN, (_MONTHS, _IMPACT, _ASSESSED)),
    # What a student says with the topic "something else": the counsellor finds out what it is about.
    Kind("wish_to_talk", "希望与老师谈谈", "Wishes to talk", "C3", "wellbeing", ("self_report",), is_ground=False),
    Kind(
        "emotional_behavioural",
        "情绪与行为困难",
        "Emotional or behavioural difficulty",
        "C3",
        "health",
        _SEEN,
        (_MONTHS, _IMPACT, _ASSESSED),
    ),
)
_C4 = (
    Kind(
        "left_behind",
        "留守",
        "Left-behind child",
        "C4",
        "family",
        _ALL,
        (
            Fact(
                "parents_away",
                "外出的一方",
                "Who is away",
                "choice",
                options=(("one", "一方外出", "One parent"), ("both", "双方外出", "Both parents")),
            ),
            _AWAY,
            _CAREGIVER,
        ),
        is_ground=False,
    ),
    Kind("single_parent_family", "单亲家庭", "Single-parent family", "C4", "family", _SEEN, (_CAREGIVER,), is_ground=False),
    Kind("raised_by_grandparents", "隔代抚养", "Raised by grandparents", "C4", "family", _SEEN, (_AWAY, _CAREGIVER), is_ground=False),
    Kind(
        "lack_of_companionship",
        "缺少情感陪伴",
        "Lacks emotional companionship",
        "C4",
        "family",
        _SEEN,
        (
            Fact(
                "contact_with_parents",
                "与父母联系",
                "Contact with the parents",
                "choice",
                options=(
                    ("daily", "每天", "Daily"),
                    ("weekly", "每周", "Weekly"),
                    ("monthly", "每月", "Monthly"),
                    ("rarely", "很少", "Rarely"),
                    ("none", "没有", "None"),
                ),
            ),
            _AWAY,
            _CAREGIVER,
            _IMPACT,
        ),
    ),
    Kind(
        "bullied",
        "遭受欺凌",
        "Bullied",
        "C4",
        "protection",
        _SEEN,
        (
            Fact(
                "form",
                "欺凌方式",
                "Form",
                "choice",
                options=(
                    ("verbal", "言语", "Verbal"),
                    ("physical", "肢体", "Physical"),
                    ("social", "孤立排挤", "Exclusion"),
                    ("online", "网络", "Online"),
                    ("property", "财物", "Property"),
                    ("other", "其他", "Other"),
                ),
            ),
            Fact(
                "by_whom",
                "来自",
                "By whom",
                "choice",
                options=(
                    ("student", "学生", "Students"),
                    ("staff", "教职工", "Staff"),
                    ("family", "家庭成员", "Family"),
                    ("other", "其他", "Others"),
                ),
            ),
            _FREQUENCY,
            _IMPACT,
        ),
    ),
    Kind("family_conflict", "家庭矛盾冲突", "Family conflict", "C4", "family", _SEEN, (_FREQUENCY, _IMPACT)),
    Kind("neglect", "照护缺失", "Neglect", "C4", "protection", _SEEN, (_CAREGIVER, _FREQUENCY, _IMPACT)),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (*_C1, *_C2, *_C3, *_C4)}
CATEGORY_NAMES: Mapping[str, tuple[str, str]] = {
    "C1": ("经济", "Economic"),
    "C2": ("学业", "Academic"),
    "C3": ("身心", "Physical or mental"),
    "C4": ("情感", "Emotional"),
}

# The names under which offices keep their lists, with the facts that the name itself states. Longer names are looked for first.
LIST_NAMES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "最低生活保障": ("minimum_living_allowance", {}),
    "低保边缘": ("low_income_family", {}),
    "低收入": ("low_income_family", {}),
    "低保": ("minimum_living_allowance", {}),
    "特困供养": ("extreme_poverty_support", {}),
    "特困": ("extreme_poverty_support", {}),
    "脱贫不稳定": ("monitored_household", {"monitored_kind": "unstable"}),
    "边缘易致贫": ("monitored_household", {"monitored_kind": "borderline"}),
    "突发严重困难": ("monitored_household", {"monitored_kind": "sudden"}),
    "监测对象": ("monitored_household", {}),
    "建档立卡": ("monitored_household", {"monitored_kind": "lifted"}),
    "脱贫": ("monitored_household", {"monitored_kind": "lifted"}),
    "事实无人抚养": ("de_facto_unattended_child", {}),
    "孤儿": ("orphan", {}),
    "烈士": ("martyr_family", {}),
    "优抚": ("martyr_family", {}),
    "父母残疾": ("disabled_parent", {}),
    "残疾人子女": ("disabled_parent", {}),
    "残疾": ("disability", {}),
    "残联": ("disability", {}),
    "大病": ("serious_illness_family", {}),
    "重大疾病": ("serious_illness_family", {}),
    "突发困难": ("sudden_hardship", {"event": "other"}),
    "留守": ("left_behind", {}),
}


def kind_of_list(name: str) -> tuple[Kind, dict[str, str]] | None:
    """The kind that an office's name of a list means, with the facts it states: 低保名单 → minimum_living_allowance."""
    for word in sorted(LIST_NAMES, key=len, reverse=True):
        if word in name:
            code, facts = LIST_NAMES[word]
            return KINDS[code], dict(facts)
    return (KINDS[name], {}) if name in KINDS else None
