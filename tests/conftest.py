"""What all tests share: a database for each worker, cloned from a migrated template, and a school of its own for each test.

Tests commit really. They do not disturb each other because every test works in schools nobody else knows: row-level security is
the wall between them, as it is between schools.
"""

import os

import hypothesis
import structlog

os.environ.setdefault("NUANYANG_ARGON2_MEMORY_KIB", "1024")  # the real cost has a test of its own

# As in production: no local variables in tracebacks.
structlog.configure(
    processors=[structlog.processors.add_log_level, structlog.processors.format_exc_info, structlog.dev.ConsoleRenderer(colors=False)]
)

# A machine may be busy: how long an example takes says nothing about whether it is right.
hypothesis.settings.register_profile("nuanyang", deadline=None)
hypothesis.settings.load_profile("nuanyang")

pytest_plugins = ["tests.factories.database", "tests.factories.world"]
