"""What is typed in the search benchmark: real fragments of names in the data."""

from __future__ import annotations

import random
from urllib.parse import quote
from uuid import UUID

from tests.benchmarks.building import FAMILIES, GIVEN, SCHOOLS
from tests.benchmarks.targets import request

KINDS = {
    "q1": "name, 1 character",
    "q2": "name, 2 characters",
    "q3": "name, 3 characters",
    "q0": "name, nobody has it",
    "pinyin": "pinyin",
    "initials": "initials",
    "number": "student number",
}


def searches(rows: list[tuple[int, object, str]], tokens: dict[int, str]) -> dict[str, list[str]]:
    """Requests of each kind, over all schools."""
    draw = random.Random(7)
    made: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for _ in range(100):
        school, student_id, pinyin = draw.choice(rows)
        family, one, two = draw.choice(FAMILIES), draw.choice(GIVEN), draw.choice(GIVEN)
        number = UUID(str(student_id)).int & 0xFFFF_FFFF
        typed = {
            "q1": draw.choice((family, one)),
            "q2": draw.choice((family + one, one + two)),
            "q3": family + one + two,
            "q0": "鑫垚",
            "pinyin": pinyin[: draw.randint(4, len(pinyin))],
            "initials": pinyin[0] + draw.choice("abcdefghjklmnpqrstwxyz"),
            "number": f"2026{number:06d}"[: draw.choice((8, 10))],
        }
        school = draw.randint(1, SCHOOLS)
        for kind, text in typed.items():
            made[kind].append(request(f"/api/v1/students?q={quote(text)}", tokens[school]))
    return made
