"""The fields of the 学籍 sheet: what a column may be called, how its cells are read, and which data class they have."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class Field(NamedTuple):
    """One field; `kind` is how a cell is read: text, name, date, month, phone, identity, registration, decimal, class, grade or a table."""

    name: str
    label: str
    kind: str
    secrecy: str  # data class
    synonyms: tuple[str, ...] = ()


def _fields(*rows: tuple[str, str, str, str, str]) -> dict[str, Field]:
    return {name: Field(name, label, kind, secrecy, tuple(synonyms.split())) for name, label, kind, secrecy, synonyms in rows}


STUDENT = _fields(
    ("school_code", "学校标识码", "text", "basic", "学校代码 学校标识 学校编码"),
    ("name", "姓名", "name", "basic", "学生姓名 名字"),
    ("sex", "性别", "sex", "basic", "学生性别"),
    ("birth_on", "出生日期", "date", "basic", "出生年月日 生日 出生年月"),
    ("birthplace", "出生地", "text", "basic", "出生地行政区划代码 出生地行政区划"),
    ("native_place", "籍贯", "text", "basic", ""),
    ("ethnicity", "民族", "ethnicity", "basic", "民族码"),
    ("nationality", "国籍/地区", "nationality", "basic", "国籍地区 国籍"),
    ("identity_kind", "身份证件类型", "identity_kind", "identity", "证件类型 身份证类型"),
    ("overseas", "港澳台侨外", "text", "basic", "港澳台侨外码"),
    ("health_status", "健康状况", "health_status", "health", "健康状况码"),
    ("politics", "政治面貌", "text", "basic", "政治面貌码"),
    ("identity_number", "身份证件号", "identity", "identity", "身份证号 身份证号码 身份证件号码 证件号码 证件号 公民身份号码"),
    ("registration_number", "学籍号", "registration", "identity", "全国学籍号 学籍主号 学生学籍号"),
    ("household_kind", "户口性质", "household_kind", "basic", "户口类型 户口类别"),
    ("household_address", "户口所在地", "text", "contact", "户口所在地行政区划 户籍所在地 户籍地址 户口地址"),
    ("grade", "年级", "grade", "basic", "所在年级 年级名称"),
    ("class", "班级", "class", "basic", "班级名称 所在班级 班名 行政班"),
    ("entered_month", "入学年月", "month", "basic", "入校年月 入学日期 入学时间"),
    ("entry_kind", "入学方式", "entry_kind", "basic", ""),
    ("boarding", "就读方式", "boarding", "basic", "是否住校 是否寄宿 住宿情况"),
    ("address", "现住址", "text", "contact", "现居住地 现住地址 居住地址"),
    ("mailing_address", "通信地址", "text", "contact", "通讯地址"),
    ("home_address", "家庭地址", "text", "contact", "家庭住址"),
    ("phone", "联系电话", "phone", "contact", "电话 手机 手机号 手机号码 学生电话"),
    ("postcode", "邮政编码", "skip", "contact", "邮编"),
    ("only_child", "是否独生子女", "yes_no", "family", "独生子女"),
    ("preschool", "是否受过学前教育", "yes_no", "basic", "学前教育"),
    ("left_behind", "是否留守儿童", "left_behind", "family", "留守儿童 留守类型"),
    ("needs_aid", "是否需要申请资助", "yes_no", "economic", "是否申请资助"),
    ("receives_subsidy", "是否享受一补", "yes_no", "economic", "享受一补"),
    ("orphan", "是否孤儿", "yes_no", "family", "孤儿"),
    ("martyr_family", "是否烈士或优抚子女", "yes_no", "economic", "烈士或优抚子女 是否烈士子女"),
    ("commute_km", "上下学距离（公里）", "decimal", "contact", "上下学距离 上学距离"),
    ("commute_by", "上下学交通方式", "commute_by", "contact", "上下学方式 交通方式"),
    ("school_bus", "是否需要乘坐校车", "yes_no", "basic", "是否乘坐校车"),
    ("former_name", "曾用名", "text", "basic", ""),
    ("identity_valid_until", "身份证件有效期", "skip", "identity", "证件有效期"),
    ("blood_type", "血型", "skip", "health", ""),
    ("talent", "特长", "text", "basic", ""),
    ("provincial_number", "学籍辅号", "skip", "identity", "省学籍号"),
    ("student_number", "班内学号", "text", "basic", "学号 校内学号 学生编号"),
    ("source_kind", "学生来源", "source_kind", "basic", ""),
    ("email", "电子信箱", "skip", "contact", "电子邮箱 邮箱"),
    ("homepage", "主页地址", "skip", "contact", "个人主页"),
    ("disability", "残疾类型", "disability", "health", "残疾人类型 残疾类别"),
    ("is_disabled", "是否残疾人", "yes_no", "health", "是否残疾 是否残疾学生"),
    ("government_place", "是否由政府购买学位", "yes_no", "basic", "政府购买学位"),
    ("inclusive_placement", "随班就读", "inclusive_placement", "health", "是否随班就读"),
    ("migrant_child", "是否进城务工人员随迁子女", "yes_no", "family", "随迁子女 是否随迁子女 进城务工人员随迁子女"),
    ("poverty_registered", "是否建档立卡", "yes_no", "economic", "是否建档立卡贫困户 建档立卡 是否脱贫户 是否脱贫家庭 是否原建档立卡"),
    ("minimum_living_allowance", "是否低保", "yes_no", "economic", "低保 是否低保家庭 是否享受低保"),
    ("extreme_poverty_support", "是否农村特困救助供养", "yes_no", "economic", "特困供养 是否特困救助供养 是否特困供养"),
    ("single_parent", "是否单亲", "yes_no", "family", "单亲 是否单亲家庭"),
    ("raised_by_grandparents", "是否隔代抚养", "yes_no", "family", "隔代抚养"),
    ("nutrition", "是否享受营养餐", "skip", "economic", "营养餐 是否享受营养改善计划"),
    ("status", "学生状态", "status", "basic", "学籍状态 在读状态 学生当前状态"),
    ("sequence", "序号", "skip", "basic", "编号 NO"),
    ("school_name", "学校名称", "skip", "basic", "学校"),
)
MEMBER = _fields(
    ("name", "姓名", "name", "contact", "成员姓名"),
    ("relation", "关系", "relation", "contact", "与学生关系 关系码"),
    ("relation_note", "关系说明", "text", "contact", ""),
    ("address", "现住址", "text", "contact", "住址 地址 家庭住址"),
    ("household_address", "户口所在地", "skip", "contact", "户口所在地行政区划"),
    ("phone", "联系电话", "phone", "contact", "电话 手机 手机号 手机号码"),
    ("is_guardian", "是否监护人", "yes_no", "contact", "监护人"),
    ("identity_kind", "身份证件类型", "identity_kind", "identity", "证件类型 身份证类型"),
    ("identity_number", "身份证件号", "identity", "identity", "身份证号 身份证号码 证件号码 证件号 身份证件号码"),
    ("ethnicity", "民族", "skip", "basic", ""),
    ("employer", "工作单位", "text", "contact", "单位"),
    ("occupation", "职务", "text", "contact", "职业"),
)
MEMBERS = 2
REQUIRED = ("name",)
FIELDS: dict[str, Field] = STUDENT | {
    f"member{n}_{name}": field._replace(name=f"member{n}_{name}", label=f"成员{n}{field.label}")
    for n in range(1, MEMBERS + 1)
    for name, field in MEMBER.items()
}
IGNORE = "ignore"  # what an edited mapping says of a column that shall not be taken

_GROUP = re.compile(r"(?:家庭)?(?:成员|监护人|家长)[（(]?([12一二])[）)]?")
_NOISE = re.compile(r"[\s★☆*＊※#:：（）()\[\]【】/／\-－—_.．、，,。?？]")


def plain_header(text: str) -> str:
    """A header without stars, blanks and punctuation, so that ★姓名 and 国籍／地区 are found."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


_REMARK = re.compile(r"[（(［\[【].*?[）)］\]】]")  # 身份证件号（18位）, 性别(男/女)


def _without_remark(header: str) -> str:
    return plain_header(_REMARK.sub("", header))


_STUDENT_NAMES = {plain_header(name): field.name for field in STUDENT.values() for name in (field.label, *field.synonyms)}
_MEMBER_NAMES = {plain_header(name): field.name for field in MEMBER.values() for name in (field.label, *field.synonyms)}


def field_for(header: str, group: str | None = None) -> str | None:
    """The field a header stands for; `group` is the upper header of a double row (成员1). A remark in brackets is no part of a name."""
    return _field_for(plain_header(header), group) or _field_for(_without_remark(header), group)


def _field_for(word: str, group: str | None) -> str | None:
    if group is not None and (number := group_number(group)):
        name = _MEMBER_NAMES.get(word)
        return f"member{number}_{name}" if name else None
    if match := _GROUP.match(word):
        name = _MEMBER_NAMES.get(word[match.end() :])
        if name:
            return f"member{_digit(match[1])}_{name}"
    return _STUDENT_NAMES.get(word)


def group_number(header: str) -> int | None:
    """1 or 2 for 成员1, 家庭成员二, 监护人2; None for anything else."""
    match = _GROUP.match(plain_header(header))
    return _digit(match[1]) if match else None


def _digit(text: str) -> int:
    return 1 if text in {"1", "一"} else 2
