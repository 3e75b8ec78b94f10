"""A look at a workbook before the parser may: names, sizes and ratios of its members, and the rectangle its cells span.

Two cells, A1 and XFD1048576, make a parser ask for the whole rectangle between them; so the rectangle is measured first, in a stream.
"""

import re
import stat
import zipfile

from nuanyang.kit.sheets.faults import Tell

MAX_MEMBERS = 4096
# Sheets of schools compress 5 to 20 times, a bomb of blanks 1,000 times.
MAX_RATIO = 150
RATIO_MATTERS_FROM = 1 << 20
MAX_XML = 512 << 20
MAX_STRINGS = 64 << 20
MAX_CELLS = 6_000_000  # 60,000 rows of 100 columns
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"')
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CHUNK = 1 << 20


def is_safe_workbook(archive: zipfile.ZipFile, tell: Tell) -> bool:
    """Whether an .xlsx may be parsed; otherwise the reason is told."""
    # A member may even have no name at all, which `is_dir` does not survive.
    members = [member for member in archive.infolist() if not member.filename or not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        tell("too_many_members", limit=MAX_MEMBERS)
        return False
    return all(_is_safe_member(member, tell) for member in members) and all(
        _is_small(archive, member, tell) for member in members if _WORKSHEET.fullmatch(member.filename)
    )


def _is_safe_member(member: zipfile.ZipInfo, tell: Tell) -> bool:
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    limit = MAX_STRINGS if name.lower().endswith("sharedstrings.xml") else MAX_XML
    ratio = member.file_size / max(member.compress_size, 1)
    if ".." in parts or name.startswith("/") or "\\" in name or ":" in parts[0] or stat.S_ISLNK(member.external_attr >> 16):
        tell("unsafe_name")
    elif member.flag_bits & 0x1:
        tell("encrypted")
    elif member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        tell("compression")
    elif member.file_size > limit:
        tell("too_large", limit=f"{limit >> 20} MB")
    elif member.file_size > RATIO_MATTERS_FROM and ratio > MAX_RATIO:
        tell("bomb", ratio=round(ratio))
    else:
        return True
    return False


def _is_small(archive: zipfile.ZipFile, member: zipfile.ZipInfo, tell: Tell) -> bool:
    """Measure the rectangle from the cells themselves; what the sheet says of its own dimension cannot be trusted."""
    widest, lowest, tail = 1, 1, b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                tell("sheet_unreadable", detail="DOCTYPE")
                return False
            for letters, digits in _CELL.findall(text):
                widest, lowest = max(widest, column_number(letters)), max(lowest, int(digits))
            for digits in _ROW.findall(text):
                lowest = max(lowest, int(digits))
            if widest * lowest > MAX_CELLS:
                corner = column_letters(widest)
                tell("sheet_too_large", line=lowest, column=corner, cell=f"{corner}{lowest}", cells=widest * lowest)
                return False
            tail = text[-200:]
    return True


def column_number(letters: bytes) -> int:
    """XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """16384 is XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
