"""Keyset paging: a cursor is the sort key of the last row, sealed in base64 so that nobody builds on its form."""

import base64
import json
from typing import Annotated

from fastapi import Query

from nuanyang.kit.errors import FieldError, Invalid

Limit = Annotated[int, Query(ge=1, le=200, description="Rows per page, at most 200.")]
Cursor = Annotated[str | None, Query(max_length=600, description="`next_cursor` of the page before.")]


class BadCursor(Invalid):
    """The cursor was not made by this list."""

    code = "bad_cursor"


def encode_cursor(*key: object) -> str:
    """The cursor after a row with this sort key (strings, numbers; ids and dates as text)."""
    return (
        base64.urlsafe_b64encode(
            json.dumps([k if isinstance(k, (int, float)) or k is None else str(k) for k in key], ensure_ascii=False).encode()
        )
        .decode()
        .rstrip("=")
    )


def decode_cursor(cursor: str | None, size: int) -> list[str | int | float | None] | None:
    """The sort key in the cursor; None for the first page; `BadCursor` for anything not of this form."""
    if cursor is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except ValueError as reason:
        raise _bad() from reason
    if not isinstance(key, list) or len(key) != size or not all(k is None or isinstance(k, (str, int, float)) for k in key):
        raise _bad()
    return key


def _bad() -> BadCursor:
    return BadCursor(
        errors=[
            FieldError(
                "#/query/cursor", "bad_cursor", "翻页标记无效，请从第一页开始。", "This cursor is not valid; start from the first page."
            )
        ]
    )
