"""Sign-in names made from people's names."""

import re
from collections.abc import Collection


def usernames(pinyins: Collection[str], school_code: str, taken: Collection[str]) -> list[str]:
    """One name each, such as `chenjing.0001`: pinyin and the end of the school's code, counted up where it is taken."""
    used, made = set(taken), []
    ending = re.sub(r"[^a-z0-9]", "", school_code.lower())[-4:] or "school"
    for pinyin in pinyins:
        stem = re.sub(r"[^a-z0-9]", "", pinyin.lower())[:24] or "staff"
        name, number = f"{stem}.{ending}", 1
        while name in used:
            number += 1
            name = f"{stem}{number}.{ending}"
        used.add(name)
        made.append(name)
    return made
