"""The files of a roster: a zip or a folder, opened only after a guard has looked at every member's name, size and ratio."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nuanyang.exchange.rosters.reading.findings import Findings

MAX_MEMBERS = 64
MAX_UNPACKED = 4 << 30
# Rosters of 200,000 students compress 5 to 20 times; a bomb of blanks 1,000 times.
MAX_RATIO = 150
RATIO_MATTERS_FROM = 1 << 20
_ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz")
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Files:
    """Named byte streams of one package; only names that passed the guard are in it."""

    def __init__(self, label: str, sizes: dict[str, int], archive: zipfile.ZipFile | None, folder: Path | None) -> None:
        self.label, self.sizes, self._archive, self._folder = label, sizes, archive, folder

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A buffered stream over one file."""
        if self._archive is not None:
            with self._archive.open(name) as member:
                yield io.BufferedReader(member, 1 << 18)  # type: ignore[type-var,unused-ignore]
        else:
            assert self._folder is not None  # noqa: S101 - one of the two is there by construction
            with (self._folder / name).open("rb", buffering=1 << 18) as file:
                yield file

    def digest(self, key: bytes) -> bytes:
        """What the package says, whatever order, time stamps or compression it was packed with."""
        digest = hashlib.blake2b(key=key[:64], digest_size=32)
        for name in sorted(self.sizes):
            digest.update(f"{name}\0{self.sizes[name]}\0".encode())
            with self.open(name) as stream:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
        return digest.digest()

    def close(self) -> None:
        """Close the archive."""
        if self._archive is not None:
            self._archive.close()


def open_files(path: Path, label: str, findings: Findings) -> Files | None:
    """Open a zip or a folder; None when something in it is dangerous or unreadable, which the findings then tell under the sender's name."""
    return _open_folder(path, label, findings) if path.is_dir() else _open_zip(path, label, findings)


def _open_folder(path: Path, label: str, findings: Findings) -> Files:
    sizes = {}
    for entry in sorted(path.iterdir()):
        if entry.name in _LITTER or entry.name.startswith("."):
            continue
        if entry.is_symlink() or not entry.is_file():
            findings.add("unknown_file", entry.name, severity="warning")
            continue
        sizes[entry.name] = entry.stat().st_size
    return Files(label, sizes, None, path)


def _open_zip(path: Path, label: str, findings: Findings) -> Files | None:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as reason:
        findings.add("broken_archive", label, detail=str(reason))
        return None
    members = [member for member in files_of(archive) if not member.filename.startswith(_LITTER)]
    if not is_safe(label, members, findings):
        archive.close()
        return None
    sizes: dict[str, int] = {}
    for member in members:
        if "/" in member.filename:
            findings.add("not_at_root", member.filename)
        elif member.filename in sizes:
            findings.add("duplicate_member", member.filename)
        else:
            sizes[member.filename] = member.file_size
    return Files(label, sizes, archive, None)


def files_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that are no folders; a member may even have no name at all."""
    return [member for member in archive.infolist() if not member.filename or not member.is_dir()]


def is_safe(label: str, members: list[zipfile.ZipInfo], findings: Findings, *, office: bool = False) -> bool:
    """Whether an archive may be unpacked at all; `office` allows the folders of a workbook."""
    before = findings.errors
    if len(members) > (4096 if office else MAX_MEMBERS):
        findings.add("too_many_members", label, limit=4096 if office else MAX_MEMBERS)
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        findings.add("too_large", label, limit=f"{MAX_UNPACKED >> 30} GB")
    for member in members:
        _look_at(member, findings, office=office)
    return findings.errors == before


def _look_at(member: zipfile.ZipInfo, findings: Findings, *, office: bool) -> None:
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if not name or ".." in parts or name.startswith("/") or "\\" in name or ":" in parts[0] or stat.S_ISLNK(member.external_attr >> 16):
        findings.add("unsafe_name", name)
    if member.flag_bits & 0x1:
        findings.add("encrypted", name)
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        findings.add("compression", name)
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > RATIO_MATTERS_FROM and ratio > MAX_RATIO:
        findings.add("bomb", name, ratio=round(ratio))
    if not office and name.lower().endswith((".xlsx", ".xls")):
        findings.add("sheet_in_archive", name)
    elif not office and name.lower().endswith(_ARCHIVES):
        findings.add("nested_archive", name)
