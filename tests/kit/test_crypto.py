"""Encrypted columns: bound to their row, readable under old keys, encrypted anew under new ones while processes run."""

import stat
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from nuanyang.kit import crypto
from nuanyang.kit.crypto import add_key, load_keyring


def test_a_ciphertext_opens_in_its_own_row_and_column_only(tmp_path):
    keyring, row = load_keyring(tmp_path / "columns.keys"), uuid4()
    blob = keyring.encrypt("11010519491231002X", "student_identities.identity", row)
    assert keyring.decrypt(blob, "student_identities.identity", row) == "11010519491231002X"
    assert b"1101051949" not in blob
    for column, other in (("student_identities.identity", uuid4()), ("student_identities.registration", row)):
        with pytest.raises(InvalidTag):
            keyring.decrypt(blob, column, other)
    with pytest.raises(InvalidTag):
        keyring.decrypt(blob[:-1] + bytes([blob[-1] ^ 1]), "student_identities.identity", row)


def test_a_running_process_notices_a_new_key(tmp_path, monkeypatch):
    path, row = tmp_path / "columns.keys", uuid4()
    running = load_keyring(path)
    old = running.encrypt("甲", "t.c", row)
    assert add_key(path) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    fresh = load_keyring(path)
    new = fresh.encrypt("乙", "t.c", row)
    assert (old[1], new[1]) == (1, 2)
    assert running.decrypt(new, "t.c", row) == "乙"  # at once, whenever a value asks for a key that is not known
    assert fresh.decrypt(old, "t.c", row) == "甲"
    another = load_keyring(path)
    add_key(path)
    monkeypatch.setattr(crypto, "LOOK_SECONDS", 0.0)
    assert another.encrypt("丙", "t.c", row)[1] == 3


def test_blind_indexes_outlive_a_rotation(tmp_path):
    path = tmp_path / "columns.keys"
    before = load_keyring(path).blind_index("11010519491231002x", "student_identities.identity")
    add_key(path)
    assert load_keyring(path).blind_index("１１０１０５１９４９１２３１００２Ｘ", "student_identities.identity") == before
