"""Excel sheets as schools have them: one header row, one row a student, text where a number would lose its zeros."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from nuanyang.demo.people import Guardian, Pupil, School

Cell = str | float | None

# Written into every workbook, so that the same seed gives the same bytes; XlsxWriter wants it without a zone.
_CREATED = datetime(2026, 9, 1, 8)  # noqa: DTZ001

# The order of the national template; ★ marks what it requires, 成员1 and 成员2 have the same twelve columns.
_MEMBER = (
    "姓名",
    "关系",
    "关系说明",
    "现住址",
    "户口所在地",
    "联系电话",
    "是否监护人",
    "身份证件类型",
    "身份证件号",
    "民族",
    "工作单位",
    "职务",
)
_OWN = (
    *(
        "学校标识码",
        "★姓名",
        "★性别",
        "★出生日期",
        "出生地",
        "籍贯",
        "★民族",
        "★国籍/地区",
        "★身份证件类型",
        "港澳台侨外",
        "★健康状况",
        "政治面貌",
    ),
    *(
        "★身份证件号",
        "户口性质",
        "户口所在地",
        "★班级",
        "★入学年月",
        "★入学方式",
        "★就读方式",
        "★现住址",
        "通信地址",
        "家庭地址",
        "★联系电话",
    ),
    *(
        "邮政编码",
        "★是否独生子女",
        "是否受过学前教育",
        "★是否留守儿童",
        "★是否需要申请资助",
        "★是否享受一补",
        "★是否孤儿",
        "★是否烈士或优抚子女",
    ),
    *(
        "上下学距离（公里）",
        "上下学交通方式",
        "是否需要乘坐校车",
        "曾用名",
        "身份证件有效期",
        "血型",
        "特长",
        "学籍辅号",
        "班内学号",
        "学生来源",
    ),
    *("电子信箱", "主页地址", "残疾类型", "是否由政府购买学位", "随班就读"),
)
REGISTER_HEADER = (
    "学籍号",
    *_OWN,
    *(f"成员{number}{column}" for number in (1, 2) for column in _MEMBER),
    "是否进城务工人员随迁子女",
    # Columns that newer and local versions of the sheet add.
    *("是否低保", "是否建档立卡", "是否农村特困救助供养", "是否单亲", "学生状态"),
)
_LEFT_BEHIND = ("0-非留守儿童", "1-单亲留守儿童", "2-双亲留守儿童")
_HEALTH = {
    "健康或良好": "10-健康或良好",
    "一般或较弱": "20-一般或较弱",
    "慢性病": "30-慢性病",
    "生理缺陷": "40-生理缺陷",
    "残疾": "50-残疾",
}


def write_sheet(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "Sheet1") -> int:
    """One worksheet in constant memory; answers the number of rows below the header."""
    workbook = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": title, "created": _CREATED})
    sheet = workbook.add_worksheet(title)
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, cell in enumerate(header):
        sheet.write_string(0, column, cell, bold)
    count = 0
    for count, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(count, column, value)
            elif value is not None:
                sheet.write_number(count, column, value)
    workbook.close()
    return count


def write_student_register(path: Path, school: School) -> int:
    """The 学籍 sheet of a school: every pupil of the current year."""
    return write_sheet(path, REGISTER_HEADER, register_rows(school), "学籍")


def register_rows(school: School) -> Iterable[list[Cell]]:
    """Rows of the 学籍 sheet, class by class, numbered within the class."""
    rooms = school.class_by_key
    for room in school.current_classes:
        for position, pupil in enumerate(school.pupils_of(room.key), 1):
            yield register_row(school, pupil, rooms[pupil.class_key].title, position)


def register_row(school: School, pupil: Pupil, class_title: str, position: int) -> list[Cell]:
    """One pupil in the order of the template, values partly as codes and partly as code and name, as districts export them."""
    # The template has room for two members: whoever answers for the child comes first.
    family = sorted(pupil.guardians, key=lambda member: not member.is_guardian)
    telephone = pupil.phone or next((member.phone for member in family if member.is_guardian), "")
    entry = "21-统招" if pupil.grade >= 10 else "11-就近入学"
    own: list[Cell] = [
        *(
            school.code,
            pupil.name.full,
            "1-男" if pupil.sex == "male" else "2-女",
            f"{pupil.born_on:%Y%m%d}",
            school.division,
            school.division,
        ),
        *(pupil.ethnicity, "CHN-中国", "居民身份证" if pupil.identity_number else "其他", "否", _HEALTH[pupil.health], "群众"),
        *(
            pupil.identity_number,
            "1-农业" if pupil.household == "农业" else "2-非农业",
            "暖阳示范区",
            class_title,
            f"{pupil.entered_on:%Y%m}",
        ),
        *(entry, "1-走读" if pupil.boarding == "走读" else "2-住校", pupil.address, pupil.address, pupil.address, telephone),
        *("999001", _yes(pupil.is_only_child), _yes(pupil.had_preschool), _LEFT_BEHIND[pupil.left_behind], _yes(bool(pupil.groups))),
        *(_yes(bool(pupil.groups) and pupil.boarding == "住校"), _yes(pupil.is_orphan), "0-否", f"{pupil.distance_km:g}"),
        *("步行" if pupil.distance_km < 2 else "公共交通", "0-否", pupil.previous_name, "", "", "", "", f"{position:02d}", "1-正常入学"),
        *("", "", pupil.disability, "0-否", "是" if pupil.disability else "否"),
    ]
    members = [cell for index in (0, 1) for cell in _member(family[index] if index < len(family) else None, pupil)]
    parents = [member for member in family if member.relation in {"父亲", "母亲"}]
    listed = [_yes(group in pupil.groups) for group in ("低保", "脱贫", "特困供养")]
    return [pupil.registration_number, *own, *members, _yes(pupil.is_migrant), *listed, _yes(len(parents) == 1), pupil.status]


def _member(member: Guardian | None, pupil: Pupil) -> list[Cell]:
    if member is None:
        return [""] * len(_MEMBER)
    address = pupil.address if member.lives_with else ""
    kind = "居民身份证" if member.identity_number else ""
    own: tuple[Cell, ...] = (
        member.name.full,
        member.relation,
        "",
        address,
        "暖阳示范区",
        member.phone,
        "是" if member.is_guardian else "否",
    )
    return [*own, kind, member.identity_number, pupil.ethnicity, member.occupation, ""]


def _yes(answer: bool) -> str:
    return "1-是" if answer else "0-否"
