"""Findings: what is wrong with a file, where, and why; every one is counted, the first thousands are kept."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec

from nuanyang.exchange.rosters.reading.reasons import REASONS

Severity = Literal["error", "warning", "note"]
KEPT = 10_000
KEPT_OF_ONE_CODE = 2_000
CLIP = 60
# Which data class a column's values have; whoever imports a roster need not see these (access rules), so a finding never repeats them.
HIDDEN = "＊＊＊"


class Finding(msgspec.Struct, frozen=True):
    """One thing to tell: severity, place, the value as far as it may be shown, a stable code and what its sentence needs."""

    severity: Severity
    code: str
    file: str
    line: int | None
    column: str | None
    value: str | None
    params: dict[str, str]

    def reason(self, language: str = "zh") -> str:
        """The sentence in Chinese or English."""
        zh, en = REASONS[self.code]
        return (en if language == "en" else zh).format_map(self.params)


class Findings:
    """Collects findings; `counts` is whole, `kept` is capped in all and by code, so that one mistake repeated hides no other."""

    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.counts: Counter[tuple[str, str]] = Counter()  # (severity, code)
        self.rows: dict[str, int] = {}

    def add(
        self,
        code: str,
        file: str,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
        severity: Severity = "error",
        secrecy: str | None = None,
        **params: object,
    ) -> None:
        """Note one finding; `secrecy` is the data class of the value (`identity`, `contact` …), which decides how much of it is shown."""
        self.counts[severity, code] += 1
        if len(self.kept) >= KEPT or self.counts[severity, code] > KEPT_OF_ONE_CODE:
            return
        shown = shown_as(value, secrecy) if value is not None else None
        texts = {name: clip(str(text)) for name, text in params.items()}
        self.kept.append(Finding(severity, code, clip(file), line, clip(column) if column is not None else None, shown, texts))

    @property
    def errors(self) -> int:
        """How many errors there are, kept or not."""
        return sum(count for (severity, _), count in self.counts.items() if severity == "error")

    def merge(self, other: Findings) -> None:
        """Take over what another collector found."""
        self.counts.update(other.counts)
        self.kept.extend(other.kept[: max(0, KEPT - len(self.kept))])
        self.rows.update(other.rows)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.kept)


def clip(text: str, limit: int = CLIP) -> str:
    """The text on one line without control characters, cut to what a table cell can show."""
    clean = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs"} else c for c in text[: limit + 1])
    return clean if len(text) <= limit else clean[:limit] + "…"


def shown_as(value: str, secrecy: str | None) -> str:
    """How much of a value a finding repeats: numbers of identity keep their last two characters, phones three and four."""
    match secrecy:
        case None | "basic" | "academic":
            return clip(value)
        case "identity":
            return "*" * min(max(len(value) - 2, 0), 17) + value[-2:] if len(value) > 4 else HIDDEN
        case "contact":
            return value[:3] + "****" + value[-4:] if len(value) >= 11 and value.isascii() else HIDDEN
        case _:
            return HIDDEN
