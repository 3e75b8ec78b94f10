"""Settings come from the environment, and nothing needs to be set."""

import pytest
from pydantic import ValidationError

from nuanyang.kit.settings import Settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "NUANYANG_DATABASE_URL", "NUANYANG_APP_DATABASE_URL", "PORT", "NUANYANG_PORT", "NUANYANG_VAR"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_we_run_our_own_database_on_this_machine_only():
    settings = Settings()
    assert settings.is_embedded
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_the_names_everybody_knows_are_understood(monkeypatch):
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.setenv("DATABASE_URL", "postgresql://root:secret@db/postgres")
    settings = Settings()
    assert settings.port == 9001
    assert not settings.is_embedded
    assert "secret" not in repr(settings)


def test_a_url_of_the_service_alone_is_enough(monkeypatch):
    monkeypatch.setenv("NUANYANG_APP_DATABASE_URL", "postgresql://nuanyang_app:x@db/nuanyang")
    assert not Settings().is_embedded


def test_variables_that_compose_passes_empty_count_as_unset(monkeypatch):
    for name in ("DATABASE_URL", "NUANYANG_APP_PASSWORD", "PORT"):
        monkeypatch.setenv(name, "")
    settings = Settings()
    assert settings.is_embedded
    assert settings.app_password is None
    assert settings.port == 8000


@pytest.mark.parametrize(("name", "value"), [("PORT", "70000"), ("NUANYANG_WORKERS", "0"), ("NUANYANG_LOG_LEVEL", "loud")])
def test_nonsense_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_a_database_name_cannot_carry_sql():
    with pytest.raises(ValidationError):
        Settings(database_name='x"; drop database y')


def test_folders_with_secrets_are_private(tmp_path):
    settings = Settings(var=tmp_path / "var")
    assert settings.keys_folder.stat().st_mode & 0o077 == 0
    assert settings.files_folder.stat().st_mode & 0o077 == 0
