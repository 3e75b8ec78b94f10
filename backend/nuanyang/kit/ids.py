"""Identifiers: UUIDv7, made in Python, so that rows written together lie together and a client may know an id before the row exists."""

from uuid import UUID

import uuid_utils.compat

NIL = UUID(int=0)


def new_id() -> UUID:
    """A fresh UUIDv7 as the standard library's class, which every driver and JSON encoder here understands."""
    return uuid_utils.compat.uuid7()
