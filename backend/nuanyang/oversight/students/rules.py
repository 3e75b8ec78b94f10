"""What somebody types to find a student, and the conditions it becomes: characters, pinyin, initials, a student number."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["everybody", "characters", "letters", "number"]
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
MOST_CANDIDATES = 1_000


@dataclass(frozen=True, slots=True)
class Search:
    """A typed text and its kind. `candidates` are the students whose names have these characters, None when there are too many."""

    kind: Kind = "everybody"
    text: str = ""
    candidates: Sequence[UUID] | None = None

    def conditions(self, put: Callable[[object], str]) -> Iterator[str]:
        """Yield alternative conditions over `s`, each of which an index can walk."""
        if self.kind == "characters":
            if self.candidates is None:
                yield f"position({put(self.text)} in s.name) > 0"
            else:
                yield f"s.id = any({put(list(self.candidates))})"
        elif self.kind == "number":
            yield prefix("s.student_number", self.text, put)
            if self.text.upper() != self.text:
                yield prefix("s.student_number", self.text.upper(), put)
        elif self.kind == "letters":
            yield prefix("s.pinyin", self.text, put)
            if len(self.text) > 1:  # one letter begins the pinyin as well
                yield prefix("s.initials", self.text, put)


def search_for(typed: str | None) -> Search:
    """Tell by its letters what somebody typed; blanks and the width of letters do not matter."""
    text = re.sub(r"[\s'’·•．]+", "", unicodedata.normalize("NFKC", typed or ""))
    if not text:
        return Search()
    if _HAN.search(text):
        # Names are kept in NFC, with one kind of middle dot and no blanks.
        return Search("characters", re.sub(r"[•．・]", "·", re.sub(r"\s+", "", unicodedata.normalize("NFC", typed or ""))))
    if any(c.isdigit() for c in text):
        return Search("number", text)
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower().replace("ü", "v")) if not unicodedata.combining(c))
    return Search("letters", plain)


def prefix(column: str, text: str, put: Callable[[object], str]) -> str:
    """Write a prefix as a range: row-level security keeps LIKE from every index."""
    return f"({column} >= {put(text)} and {column} < {put(text + chr(0x10FFFF))})"
