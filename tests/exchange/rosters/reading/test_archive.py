"""What is dangerous in an archive is refused before anything is unpacked."""

import time
import zipfile

import pytest

from tests.exchange.rosters.packages import read, right_package, told, write_zip


def test_a_bomb_of_blanks_is_refused_in_a_moment(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("users.csv", "w", force_zip64=True) as member:
        for _ in range(200):
            member.write(b" " * (1 << 20))
    started = time.monotonic()
    reading, _ = read(path)
    assert time.monotonic() - started < 2
    assert ("bomb", "users.csv", None, None) in told(reading)


@pytest.mark.parametrize("name", ["../users.csv", "/etc/users.csv", "..\\users.csv", "a/../../users.csv", "C:/users.csv"])
def test_unsafe_names_are_refused(tmp_path, name):
    reading, _ = read(write_zip(tmp_path / "p.zip", right_package(), raw={name: b"x"}))
    assert ("unsafe_name", name, None, None) in told(reading)


def test_a_nested_archive_is_refused(tmp_path):
    inner = write_zip(tmp_path / "inner.zip", right_package()).read_bytes()
    reading, _ = read(write_zip(tmp_path / "p.zip", {}, raw={"inner.zip": inner}))
    assert ("nested_archive", "inner.zip", None, None) in told(reading)


def test_an_encrypted_member_is_refused(tmp_path):
    path = write_zip(tmp_path / "p.zip", right_package())
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        content[at + offset] |= 1
    path.write_bytes(bytes(content))
    reading, _ = read(path)
    assert "encrypted" in {f.code for f in reading.findings}


def test_a_folder_inside_the_package_is_told(tmp_path):
    reading, _ = read(write_zip(tmp_path / "p.zip", {}, raw={"export/users.csv": b"x"}))
    assert ("not_at_root", "export/users.csv", None, None) in told(reading)


def test_too_many_members(tmp_path):
    reading, _ = read(write_zip(tmp_path / "p.zip", {}, raw={f"{n}.csv": b"x" for n in range(100)}))
    assert "too_many_members" in {f.code for f in reading.findings}


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing more", b"", b"hello", b"\x00" * 1000])
def test_what_is_no_archive_gets_an_answer(tmp_path, content):
    path = tmp_path / "p.zip"
    path.write_bytes(content)
    reading, records = read(path)
    assert reading.findings.errors == 1
    assert records == []


def test_a_truncated_archive_is_told(tmp_path):
    path = write_zip(tmp_path / "p.zip", right_package())
    path.write_bytes(path.read_bytes()[:-100])
    reading, _ = read(path)
    assert reading.findings.errors == 1


def test_a_folder_is_as_good_as_a_zip(tmp_path):
    with zipfile.ZipFile(write_zip(tmp_path / "p.zip", right_package())) as archive:
        archive.extractall(tmp_path / "folder")
    reading, records = read(tmp_path / "folder")
    assert told(reading) == []
    assert len(records) == 11
