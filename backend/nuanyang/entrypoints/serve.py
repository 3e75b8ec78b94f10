"""The server process: API and web app by uvicorn."""

import asyncio
import importlib
import os

import uvicorn

from nuanyang.entrypoints import logs
from nuanyang.entrypoints.database import application_url, check_role
from nuanyang.entrypoints.processes import receive_database_url
from nuanyang.kit.settings import Settings, get_settings


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Behind a proxy only: uvicorn itself closes no slow connection."""
    logs.configure(settings)
    importlib.import_module("nuanyang.entrypoints.http")  # while the database is still starting
    if url := receive_database_url():
        os.environ["NUANYANG_APP_DATABASE_URL"] = url
        get_settings.cache_clear()
        settings = get_settings()
    asyncio.run(check_role(application_url(settings)))
    uvicorn.run(
        "nuanyang.entrypoints.http:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers if settings.workers > 1 else None,
        loop="uvloop",
        http="httptools",
        ws="none",
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="warning",
        limit_concurrency=settings.concurrency_limit,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=5,
    )
