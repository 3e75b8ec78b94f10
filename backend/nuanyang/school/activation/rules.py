"""Codes that are read from paper, and how far a child's name shows on it."""

import re
import unicodedata
from datetime import date, timedelta

LIFE = timedelta(days=14)
GROUPS, LETTERS = 3, 4  # abcd-efgh-jkmn: 59 random bits


def plain_code(typed: str) -> str:
    """A code as it was printed, however it was typed: capitals, full-width letters, blanks and hyphens of any kind."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", typed).lower())


def shown_code(code: str) -> str:
    """In groups of four."""
    return "-".join(code[i : i + LETTERS] for i in range(0, len(code), LETTERS))


def masked(name: str) -> str:
    """王小明 is 王*明 and 王明 is 王*: the family knows whom it means, and whoever finds the slip lacks the name that activation asks for."""
    letters = name.strip()
    if len(letters) <= 2:
        return f"{letters[:1]}*"
    return f"{letters[0]}{'*' * (len(letters) - 2)}{letters[-1]}"


def same_name(typed: str, name: str) -> bool:
    """Whether a name is meant, whatever blanks and dots of other widths stand in it."""
    return _letters(typed) == _letters(name)


def is_child(typed_name: str, typed_birth: date, name: str, birth_on: date | None) -> bool:
    """The second thing that is asked beside the code: a child's full name, and the birthday wherever the school knows it."""
    return same_name(typed_name, name) and birth_on in (None, typed_birth)


def _letters(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).lower() if c.isalnum())
