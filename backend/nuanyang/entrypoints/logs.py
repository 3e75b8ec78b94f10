"""Log lines: JSON for machines, plain text for a terminal; never a request's content."""

import logging
import sys
from typing import Any

import structlog

from nuanyang.kit.settings import Settings


def configure(settings: Settings) -> None:
    """Set up logging for this process, the standard library's included."""
    is_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty() and settings.workers > 1)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if is_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    # The queue reports every health check, the driver every statement: only what went wrong is worth a line.
    for name in ("pgqueuer", "sqlalchemy", "asyncio", "httpx", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
