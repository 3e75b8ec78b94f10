"""The one door to PostgreSQL.

`Database.read` is the hot path: one statement on asyncpg, JSON built by PostgreSQL, inside a transaction that carries the
caller's context. `Database.session` is everything else: an AsyncSession with the same context, committed when the block ends.
"""

from nuanyang.kit.db.context import NO_CONTEXT, Context, opening
from nuanyang.kit.db.door import Database, carry

__all__ = ["NO_CONTEXT", "Context", "Database", "carry", "opening"]
