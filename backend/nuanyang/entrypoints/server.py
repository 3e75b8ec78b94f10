"""Which PostgreSQL a command works with: the one it was given, else our own, started at need and stopped by its last user."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from nuanyang.kit.embedded_postgres import EmbeddedPostgres
from nuanyang.kit.settings import Settings


@contextmanager
def database_server(settings: Settings) -> Iterator[Settings]:
    """Yield settings whose `database_url` reaches a running server."""
    if not settings.is_embedded:
        yield settings
        return
    with EmbeddedPostgres(settings.postgres_folder, port=settings.postgres_port, connections=settings.postgres_connections) as server:
        yield settings.model_copy(update={"database_url": SecretStr(server.url())})
