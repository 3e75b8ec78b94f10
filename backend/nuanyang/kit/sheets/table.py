"""CSV as rows of text: which encoding, which separator."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator

from nuanyang.kit.sheets.faults import Tell

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
HEADER_WITHIN = 12
_TRIMMINGS = re.compile(r"[\s\"\ufeff★*＊]|[(（][^()（）]*[)）]$")


def read_table(content: bytes, known: Collection[str], tell: Tell) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each began on; nothing when no encoding shows a known header."""
    found = find_encoding(content, known)
    if found is None:
        tell("unreadable_encoding")
        return
    text, delimiter = found
    csv.field_size_limit(max(len(text), 131_072))  # how long a cell may be is decided, and told with its place, by the caller
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error:
        tell("bad_quotes", line=line)


def find_encoding(content: bytes, known: Collection[str]) -> tuple[str, str] | None:
    """(text, separator) by mark, UTF-16, strict UTF-8, GB18030, in this order; the first that shows a known header.

    Short GBK texts can be valid UTF-8 by chance (学校 is ѧУ), so decoding alone proves nothing; the header does.
    """
    marked = next((name for mark, name in BOMS if content.startswith(mark)), None)
    candidates = [marked] if marked else [*(["utf-16-le", "utf-16-be"] if 0 in content[:4] else []), "utf-8", "gb18030"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            continue
        lines = text[:65_536].splitlines()[:HEADER_WITHIN]
        for delimiter in (",", "\t", ";"):
            # 姓 名 is spread out for looks, 语文(120) says its full marks: neither is a reason not to know the header.
            cells = {_TRIMMINGS.sub("", cell) for line in lines for cell in line.split(delimiter)}
            if not cells.isdisjoint(known):
                return text, delimiter
    return None
