"""Whether a password is one that many people have: an offline list, and the ways in which Chinese and English ones are put together."""

import hashlib
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

# A password made of so few familiar pieces is found within the first guesses: qwer1234, woaini1314, laoshi@123, 20120506.
FEW_PIECES = 3

# Words of the trade, of the place and of love, as people here type them.
_TYPED = """
password passwd admin administrator root user guest test demo welcome letmein login master secret dragon monkey iloveyou sunshine princess superman
football baseball hello school teacher student principal class office computer china beijing shanghai guangzhou shenzhen woaini woaiwojia aiwojia
wode mima nihao laoshi banzhuren xiaozhang jiaoshi xuesheng xuexiao zhongguo zhonghua women tongxue gaosan chusan jiaowu deyu zongwu nuanyang
yangguang xiaoxue zhongxue gaozhong haizi baobei laopo laogong mama baba pengyou xihuan kuaile xingfu wang zhang chen yang zhao huang zhou xiao ming
hong jing wei qq aa abc love baby angel happy lucky forever home money summer winter spring autumn monday friday january december shift hunter tiger
apple google weixin wechat taobao alipay jesus mary pass word key
"""
_WORDS = frozenset(_TYPED.split())
_LOVE_DIGITS = ("5201314", "1314520", "1314521", "7758521", "7758258", "1314", "5201", "520", "521", "888", "666", "168", "518", "008")
_ROWS = (
    *("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "01234567890", "!@#$%^&*()"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "qazwsxedcrfvtgbyhnujmik", "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p", "147258369", "159357"),
)
_WALKS = tuple(row for straight in _ROWS for row in (straight, straight[::-1]))
_UNLEET = str.maketrans("013457@$!", "oieastasi")
_LONGEST_PIECE = 20


def is_common(password: str) -> bool:
    """Whether the password stands on the list, repeats itself, or is put together from a few familiar pieces."""
    folded = unicodedata.normalize("NFKC", password).lower()
    if len(set(folded)) < 4 or re.fullmatch(r"(.{1,6}?)\1+", folded):
        return True
    bare = folded.strip("0123456789!@#.?*_- ")
    spellings = {folded, folded.translate(_UNLEET), bare, bare.translate(_UNLEET)}
    if any(_is_listed(one) for one in spellings):
        return True
    return len(folded) <= FEW_PIECES * _LONGEST_PIECE and pieces(folded) <= FEW_PIECES


def pieces(text: str) -> int:
    """The least number of familiar pieces that make up the text; a letter that belongs to none counts one."""
    least = list(range(len(text) + 1))
    for end in range(1, len(text) + 1):
        least[end] = least[end - 1] + 1
        for begin in range(max(0, end - _LONGEST_PIECE), end - 1):
            if least[begin] + 1 < least[end] and _is_piece(text[begin:end]):
                least[end] = least[begin] + 1
    return least[-1]


def _is_piece(part: str) -> bool:
    if len(set(part)) == 1 or part in _WORDS or part.translate(_UNLEET) in _WORDS or part in _LOVE_DIGITS:
        return True
    if len(part) >= 3 and any(part in walk for walk in _WALKS):
        return True
    return part.isascii() and part.isdecimal() and _is_familiar_number(part)


def _is_familiar_number(digits: str) -> bool:
    """A year, a day, a mobile phone."""
    if len(digits) == 4:
        return digits[:2] in ("19", "20")
    if len(digits) == 11:
        return re.fullmatch(r"1[3-9]\d{9}", digits) is not None
    if len(digits) == 8:
        return _is_day(digits[:4], digits[4:6], digits[6:]) or _is_day(digits[4:], digits[2:4], digits[:2])
    return len(digits) == 6 and (_is_day("20" + digits[:2], digits[2:4], digits[4:]) or _is_day(digits[:4], digits[4:], "01"))


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2099
    except ValueError:
        return False


def _is_listed(word: str) -> bool:
    return len(word) >= 8 and hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()[:10] in _listed()


@cache
def _listed() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(digest for line in lines if not line.startswith("#") for digest in line.split())
