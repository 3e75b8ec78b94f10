"""What a support need may say, as pure rules: what the school does, never what the child has."""

import re
from datetime import date
from typing import Literal

SupportNeedState = Literal["in_force", "lapsed", "ended"]
MOST = 20
# What schools enter most; offered, not prescribed.
SUGGESTED = (
    "前排就座",
    "延时考试",
    "大字卷",
    "避免当众点名",
    "允许课间服药",
    "允许随时离开教室",
    "书面代替口头回答",
    "体育课减量",
    "安静座位",
    "分步布置作业",
)
# Names of illnesses, diagnoses and their classes. A sentence for everybody who teaches the child must not be a medical record.
_DIAGNOSES = (
    *("确诊", "诊断", "患有", "病史", "残疾", "障碍", "综合征", "综合症", "症状", "后遗症", "智力低下", "智力落后", "弱智", "智商"),
    *(
        "抑郁",
        "焦虑症",
        "躁郁",
        "双相",
        "强迫症",
        "精神病",
        "精神分裂",
        "自闭",
        "孤独症",
        "阿斯伯格",
        "多动症",
        "抽动症",
        "妄想",
        "自杀",
        "自残",
        "自伤",
    ),
    *(
        "癫痫",
        "哮喘",
        "糖尿病",
        "心脏病",
        "白血病",
        "血友病",
        "肿瘤",
        "癌",
        "肝炎",
        "乙肝",
        "结核",
        "艾滋",
        "脑瘫",
        "唐氏",
        "肾病",
        "贫血",
        "高血压",
    ),
    *("近视", "弱视", "色盲", "失明", "失聪", "耳聋", "聋哑", "肢残", "截瘫"),
)
_LETTERS = re.compile(
    r"(?<![a-z])(adhd|add|asd|ptsd|ocd|hiv|aids|iq|icd)(?![a-z])|(?<![a-z0-9])[a-z]\d{2}(\.\d)?(?![a-z0-9])", re.IGNORECASE
)


def diagnosis_in(sentence: str) -> str | None:
    """The first word of a sentence that tells an illness, or None."""
    told = next((word for word in _DIAGNOSES if word in sentence), None)
    letters = _LETTERS.search(sentence)
    return told or (letters[0] if letters else None)


def state_of(until_on: date | None, *, is_ended: bool, day: date) -> SupportNeedState:
    """How a need stands on a day."""
    if is_ended:
        return "ended"
    return "lapsed" if until_on is not None and until_on < day else "in_force"
