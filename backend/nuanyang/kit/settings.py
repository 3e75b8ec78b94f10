"""Every setting of the program in one typed object, read once from the environment (names begin with NUANYANG_)."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parents[3]


class Settings(BaseSettings):
    """What an operator can set. Nothing needs to be: without any setting the program keeps all it has under ./var."""

    model_config = SettingsConfigDict(env_prefix="NUANYANG_", extra="ignore", frozen=True)

    # Where things are kept
    var: Path = Field(default=PROJECT / "var", description="Folder of everything the program writes outside the database.")
    web_folder: Path = Field(default=PROJECT / "frontend" / "dist", description="The built web app; served when it is there.")

    # Database
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "NUANYANG_DATABASE_URL"),
        description="Administration URL of an external PostgreSQL 15 to 18. Only `nuanyang db prepare` connects with it.",
    )
    app_database_url: SecretStr | None = Field(
        default=None, description="URL of the restricted role the service works as; otherwise made from the roles file."
    )
    database_name: str = Field(default="nuanyang", pattern=r"^[a-z_][a-z0-9_]{0,40}$")
    postgres_connections: int = Field(default=120, ge=20, le=1000, description="max_connections of the embedded server.")
    postgres_port: int | None = Field(default=None, description="Port of the embedded server; otherwise a free one, kept.")
    read_connections: int = Field(default=10, ge=1, le=200, description="Connections for hot reads, for each server process.")
    write_connections: int = Field(default=8, ge=1, le=200, description="Connections for everything else, for each process.")
    owner_password: SecretStr | None = None
    app_password: SecretStr | None = None
    sealer_password: SecretStr | None = None
    backup_password: SecretStr | None = None

    # Record
    audit_seconds: float = Field(default=5.0, gt=0, le=60, description="Seconds between two seals of the record of who did and saw what.")
    audit_heads: Path | None = Field(
        default=None, description="Folder, best on another machine, in which the newest seal is noted once a day; var/heads without one."
    )

    # Server
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8000, validation_alias=AliasChoices("NUANYANG_PORT", "PORT"))
    workers: int = Field(default=1, ge=1, le=64, description="Server processes.")
    concurrency_limit: int = Field(default=1000, ge=10, description="Requests under way in one process before it answers 503.")
    body_limit: int = Field(default=100 * 1024 * 1024, description="Largest request body in bytes.")
    trusted_proxies: str = Field(default="127.0.0.1", description="Addresses whose X-Forwarded-For is believed, comma-separated.")
    public_url: str | None = Field(default=None, description="Address under which people reach the service; issuer of tokens.")
    job_concurrency: int = Field(default=2, ge=1, le=32, description="Jobs that one worker process runs at once.")

    # Sessions: without use they end after the idle time, and at the latest after the whole time
    staff_idle_minutes: int = Field(default=30, ge=1, le=24 * 60, description="Staff: idle minutes.")
    sensitive_idle_minutes: int = Field(
        default=15, ge=1, le=24 * 60, description="Counsellors, general affairs, aid officers: idle minutes."
    )
    staff_session_hours: int = Field(default=12, ge=1, le=72, description="Staff: hours after which everybody signs in again.")
    family_idle_hours: int = Field(default=24, ge=1, le=24 * 7, description="Guardians and students: idle hours.")
    family_session_days: int = Field(default=7, ge=1, le=30, description="Guardians and students: days after which they sign in again.")

    # Behaviour
    is_demo: bool = Field(default=True, validation_alias="NUANYANG_DEMO", description="Load the demo district into an empty database.")
    demo_second_factor: bool = Field(default=False, description="Ask the demo's staff for a second factor, as real schools do.")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "text"] = "auto"

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: dict[str, object]) -> dict[str, object]:
        # Compose files and shells pass unset variables as empty strings.
        return {name: value for name, value in values.items() if value != ""}

    @property
    def is_embedded(self) -> bool:
        """Do we run our own PostgreSQL?"""
        return self.database_url is None and self.app_database_url is None

    @property
    def postgres_folder(self) -> Path:
        """State of the embedded server."""
        return self.var / "postgres"

    @property
    def roles_file(self) -> Path:
        """Passwords of the database roles, readable by this account only."""
        return self.var / "database" / "roles.json"

    @property
    def keys_folder(self) -> Path:
        """Keys for signing and encryption, readable by this account only."""
        return self.private_folder("keys")

    @property
    def heads_folder(self) -> Path:
        """The second place in which the newest seal is noted."""
        return self.audit_heads or self.var / "heads"

    @property
    def files_folder(self) -> Path:
        """Uploaded packages and kept reports."""
        return self.private_folder("files")

    def private_folder(self, name: str) -> Path:
        """Return a folder under `var` that only this account can enter, made at need."""
        folder = self.var / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()


def child_environment(**changes: str) -> dict[str, str]:
    """Return the environment for a child process with some settings replaced."""
    return {**os.environ, **changes}
