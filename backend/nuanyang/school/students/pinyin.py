"""How a name is read: full pinyin to sort and find by, and initials; a surname is read as a surname.

No locale of the database sorts Chinese by sound, so the reading is stored beside each name of a person.
"""

import os
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

# 姓氏异读: only where the surname is read otherwise than the character usually is.
SURNAMES: Mapping[str, str] = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "区": "ou", "解": "xie", "查": "zha", "任": "ren", "华": "hua", "盖": "ge", "乐": "yue",
    "员": "yun", "缪": "miao", "翟": "zhai", "覃": "qin", "冼": "xian", "洗": "xian", "朴": "piao", "黑": "he", "长": "zhang", "卜": "bu",
    "薄": "bo", "折": "she", "种": "chong", "秘": "bi", "繁": "po", "能": "nai", "句": "gou", "乜": "nie", "佴": "nai", "祭": "zhai",
    "召": "shao", "重": "chong", "尉": "wei", "角": "jue", "晁": "chao", "朝": "chao", "阚": "kan", "都": "du", "隗": "kui", "郗": "xi",
    "逄": "pang", "哈": "ha", "那": "na", "宿": "su", "澹": "tan", "於": "yu", "贾": "jia", "葛": "ge", "石": "shi", "车": "che",
    "郇": "xun", "褚": "chu", "咎": "gao", "相": "xiang", "应": "ying", "谌": "chen", "莘": "shen", "牟": "mou", "俟": "qi",
}  # fmt: skip
# 复姓 whose reading the characters alone do not give.
COMPOUND_SURNAMES: Mapping[str, tuple[str, str]] = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"), "澹台": ("tan", "tai"),
    "宰父": ("zai", "fu"), "乐正": ("yue", "zheng"), "子车": ("zi", "ju"), "拓跋": ("tuo", "ba"),
}  # fmt: skip
# Characters whose first reading in the dictionary is not the one given names have, and one the dictionary lacks.
_IN_NAMES: Mapping[str, str] = {"长": "chang", "晟": "sheng", "重": "chong", "曾": "zeng", "单": "shan", "着": "zhuo", "𠮷": "ji"}
_DOTS = re.compile("[·•．・‧]")


def reading(name: str) -> tuple[str, str]:
    """Return (pinyin, initials) of a person's name: 单雨桐 is ("shanyutong", "syt"), Jack Craig is ("jackcraig", "jc")."""
    text = unicodedata.normalize("NFKC", name).strip()
    if len(text) > 1 and not _DOTS.search(text) and _is_han(text[0]):
        compound = COMPOUND_SURNAMES.get(text[:2]) if len(text) > 2 else None
        family = compound or (_surname(text[0]),)
        given = text[len(family) :]
        syllables, heads = _read(given)
        return "".join(family) + syllables, "".join(s[0] for s in family) + heads
    return _read(text)


def _surname(character: str) -> str:
    return SURNAMES.get(character) or _syllable(character)


@lru_cache(maxsize=50_000)
def _read(text: str) -> tuple[str, str]:
    """Read characters one by one, words of other scripts as they are: a word's head is its first letter."""
    syllables, heads, inside_word = [], [], False
    for character in text:
        if _is_han(character):
            syllable, inside_word = _syllable(character), False
            syllables.append(syllable)
            heads.append(syllable[0])
        elif letters := _letters(character):
            syllables.append(letters)
            if not inside_word:
                heads.append(letters[0])
            inside_word = True
        elif character not in "'’-":
            inside_word = False
    return "".join(syllables), "".join(heads)


@cache
def _syllable(character: str) -> str:
    known = _IN_NAMES.get(character)
    if known:
        return known
    marked = _dictionary().get(ord(character))
    # What no dictionary reads sorts behind everything else and is found by the character itself.
    return _plain(marked.split(",")[0]) if marked else character


@cache
def _dictionary() -> Mapping[int, str]:
    # The table of phrases takes 50 MB and half a second, and helps no name.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 - loaded by whoever reads the first name

    table: Mapping[int, str] = pinyin_dict
    return table


def _plain(marked: str) -> str:
    """lǚ is typed lv."""
    decomposed = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _letters(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character).lower() if c.isalnum())


@cache
def _is_han(character: str) -> bool:
    point = ord(character)
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF or character == "〇"
