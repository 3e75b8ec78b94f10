"""Code tables of the 学籍 record: a value may come as its code, its name, or both (`1-单亲留守儿童`)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BOTH = re.compile(r"^([0-9A-Za-z]{1,3})\s*[-－—.、:： ]\s*(.+)$")

_ETHNIC = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
]

# By table: (stored value, everything it may be called). The first name is the one shown when the allowed values are told.
_TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "sex": (
        ("male", "男 男性 1 male M"),
        ("female", "女 女性 2 female F"),
        ("unspecified", "未说明 未知的性别 未说明的性别 0 9 unspecified other"),
    ),
    "yes_no": (("1", "是 1 有 Y yes true"), ("0", "否 0 无 N no false 不是")),
    "left_behind": (
        ("0", "非留守 非留守儿童 不是留守儿童 否 0 无"),
        ("1", "单亲留守 单亲留守儿童 1"),
        ("2", "双亲留守 双亲留守儿童 2"),
    ),
    "health_status": (
        ("healthy", "健康或良好 健康 良好 10 1 11"),
        ("frail", "一般或较弱 一般 较弱 20 2"),
        ("chronic", "慢性病 有慢性病 30 3"),
        ("physical_defect", "生理缺陷 有生理缺陷 40 4"),
        ("disabled", "残疾 50 5 6"),
    ),
    "disability": (
        ("none", "无残疾 无 否 0 00"),
        ("visual", "视力残疾 视力 1 01"),
        ("hearing", "听力残疾 听力 2 02"),
        ("speech", "言语残疾 言语 3 03"),
        ("physical", "肢体残疾 肢体 4 04"),
        ("intellectual", "智力残疾 智力 5 05"),
        ("psychiatric", "精神残疾 精神 6 06"),
        ("multiple", "多重残疾 多重 7 07"),
        ("other", "其他残疾 其他 9 09"),
    ),
    "inclusive_placement": (
        ("none", "非随班就读 否 0 无"),
        ("inclusive", "随班就读 是 1"),
        ("special_class", "附设特教班 特教班 2"),
        ("home_teaching", "送教上门 3"),
    ),
    "household_kind": (
        ("agricultural", "农业 农业户口 农村 1 农业家庭户口 农业集体户口"),
        ("non_agricultural", "非农业 非农业户口 城镇 2 非农业家庭户口 非农业集体户口"),
        ("resident", "居民 居民户口 居民家庭户口 家庭户 家庭户口 3"),
        ("collective", "集体户 集体户口 4"),
        ("unregistered", "未落常住户口 无户口 9"),
    ),
    "boarding": (("day", "走读 1 借宿 3 0"), ("boarding", "住校 寄宿 住宿 2")),
    "entry_kind": (
        ("nearby", "就近入学 就近 11"),
        ("other", "其他 12 99"),
        ("unified", "统一招生考试/普通入学 统招 统一招生考试 普通入学 21"),
        ("sports", "体育特招 22"),
        ("arts", "艺术特招 23"),
    ),
    "source_kind": (("regular", "正常入学 1"), ("transfer", "转入 借读 2"), ("other", "其他 9")),
    "identity_kind": (
        ("citizen", "居民身份证 身份证 1 居民户口簿"),
        ("hong_kong", "香港特区护照/身份证明 香港特区护照 港澳居民来往内地通行证 6"),
        ("macao", "澳门特区护照/身份证明 澳门特区护照 7"),
        ("taiwan", "台湾居民来往大陆通行证 8"),
        ("foreign_residence", "境外永久居住证 外国人永久居留身份证 9"),
        ("passport", "护照 A"),
        ("residence_permit", "港澳台居民居住证 B"),
        ("other", "其他 Z 无"),
    ),
    "status": (
        ("enrolled", "在读 在籍 在校 正常 1 01 enrolled 复学 转入"),
        ("suspended", "休学 02 2 suspended"),
        ("transferred_out", "转出 转学 03 transferred_out"),
        ("graduated", "毕业 结业 07 graduated"),
        ("dropped_out", "退学 辍学 dropped_out"),
        ("deceased", "死亡 deceased"),
    ),
    "ethnicity": (
        *((f"{name}族", f"{name}族 {name} {number:02d} {number}") for number, name in enumerate(_ETHNIC, 1)),
        ("其他", "其他 97"),
        ("外国血统中国籍人士", "外国血统中国籍人士 外国血统 98"),
    ),
    "nationality": (("CHN", "中国 CHN 156 中华人民共和国"),),
    "commute_by": (
        ("walk", "步行 1 01"),
        ("bicycle", "自行车 2 02 骑车"),
        ("bus", "公共交通（含城市公交、农村客运、地铁） 公共交通 公交 公交车 3 03"),
        ("private_car", "家长自行接送 家长接送 私家车 自驾 4 04"),
        ("school_bus", "校车 5 05"),
        ("other", "其他 9 09 99"),
    ),
}
# In an open table an unknown value is kept as it is and remarked upon; in the others it is refused.
OPEN = frozenset({"ethnicity", "nationality", "commute_by", "entry_kind", "source_kind", "household_kind"})


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold().replace(" ", "")


_LOOKUP: dict[str, dict[str, str]] = {
    table: {_plain(name): stored for stored, names in entries for name in (*names.split(" "), stored)} for table, entries in _TABLES.items()
}


def allowed(table: str) -> str:
    """The values of a table as they are told to a person."""
    shown = [names.split(" ")[0] for _, names in _TABLES[table]]
    return "、".join(shown[:9]) + ("…" if len(shown) > 9 else "")


@lru_cache(maxsize=4096)
def stored_value(table: str, text: str) -> str | None:
    """What is stored for a code, a name, or `code-name`; None when the table does not know it."""
    known = _LOOKUP[table]
    word = _plain(text)
    if word in known:
        return known[word]
    if word.endswith(".0") and word[:-2] in known:  # a code that a spreadsheet keeps as a number
        return known[word[:-2]]
    if match := _BOTH.match(unicodedata.normalize("NFKC", text).strip()):
        # The name says more than the code, whose numbering differs from place to place.
        return known.get(_plain(match[2])) or known.get(_plain(match[1]))
    return None
