"""How codes look: six digits from an app, or a numbered one-time code such as 07-efgh-jkmn. Pure."""

import re
from dataclasses import dataclass

RECOVERY_CODES, PRINTED_CODES = 10, 40
SECRET_LETTERS = 8

_TOTP = re.compile(r"\d{6}")
_ONE_TIME = re.compile(rf"(\d{{2}})([a-z0-9]{{{SECRET_LETTERS}}})")


@dataclass(frozen=True, slots=True)
class OneTime:
    """A line of a sheet: its number finds the row, its letters prove it."""

    number: int
    letters: str


def read_code(text: str) -> str | OneTime | None:
    """What somebody typed: six digits, a one-time code with or without its hyphens, or neither."""
    bare = re.sub(r"[\s\-–—]", "", text.strip().lower())
    if _TOTP.fullmatch(bare) and bare.isascii():
        return bare
    found = _ONE_TIME.fullmatch(_numbered(text, bare))
    return OneTime(int(found[1]), found[2]) if found and bare.isascii() else None


def shown(number: int, letters: str) -> str:
    """07-efgh-jkmn."""
    return f"{number:02d}-{letters[:4]}-{letters[4:]}"


def _numbered(text: str, bare: str) -> str:
    # "7-2fgh-jkmn": without the hyphen the number's end could not be told from a digit of the code, so its missing zero is put back.
    head = re.match(r"\s*(\d)\s*[\-–—]", text)
    return f"0{bare}" if head else bare
