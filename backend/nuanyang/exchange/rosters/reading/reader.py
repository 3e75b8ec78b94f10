"""The one entrance: a file becomes findings and a stream of records, whatever form it has."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

import msgspec

from nuanyang.exchange.rosters.reading.archive import open_files
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.joining import first_end
from nuanyang.exchange.rosters.reading.oneroster.package import Ask, check_package, load_package, package_items
from nuanyang.exchange.rosters.reading.oneroster.people import GUARDIAN_READER, READER
from nuanyang.exchange.rosters.reading.oneroster.sds import is_sds, load_sds
from nuanyang.exchange.rosters.reading.records import Before, Item, Marker, Package
from nuanyang.exchange.rosters.reading.sheet.header import Header
from nuanyang.exchange.rosters.reading.sheet.page import Page
from nuanyang.exchange.rosters.reading.sheet.pages import PagesReader
from nuanyang.exchange.rosters.reading.sheet.rows import SheetReader, Stages
from nuanyang.exchange.rosters.reading.sheet.table import read_table
from nuanyang.exchange.rosters.reading.sheet.workbook import is_workbook, office_code, read_workbook

Progress = Callable[[str, float], None]  # phase, share done


class Options(msgspec.Struct, frozen=True):
    """What the reader must know besides the file."""

    label: str  # the file's name as the sender knows it
    today: str
    year_starts: int  # the calendar year in which the school year began that a sheet speaks of
    school_code: str = ""  # of rows that name no school
    first_grade: int = 1
    last_grade: int = 12
    primary_years: int = 6
    mapping: dict[str, str] = {}  # header → field, over what the names say
    mark_key: bytes = b""


class Reading:
    """One file being read: `check()` first, then, when it found no error, `items()`."""

    def __init__(
        self,
        path: Path,
        options: Options,
        progress: Progress = lambda *_: None,
        before: Callable[[Package], Before | None] = lambda _: None,
        recognise: Callable[[bytes], bool] = lambda _: False,
    ) -> None:
        self._path, self._options, self._progress, self._before, self._recognise = path, options, progress, before, recognise
        self.findings = Findings()
        self.is_recognised = False  # the very file that was applied last: nothing more is read of it
        self.package: Package | None = None
        self._items: Callable[[Ask], Iterator[Item]] = lambda _: iter(())
        self._marker = Marker(options.mark_key)
        self._stack = contextlib.ExitStack()

    def check(self) -> None:
        """Recognise the form and check everything that can be checked before the records are made."""
        try:
            self._check()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as reason:  # an archive that lies about its members
            self.findings.add("broken_archive", self._options.label, detail=str(reason))

    def _check(self) -> None:
        path, label = self._path, self._options.label
        if path.is_dir() or (zipfile.is_zipfile(path) and not is_workbook(path)):
            self._check_files()
        elif path.stat().st_size == 0:
            self.findings.add("empty_file", label)
        elif self._recognise(self._digest_of_sheet()):
            self.is_recognised = True
        elif zipfile.is_zipfile(path):
            self._check_sheet(read_workbook(path, label, self.findings))
        elif (code := office_code(path)) is not None:
            self.findings.add(code, label)
        elif label.lower().endswith((".csv", ".txt", ".tsv")):
            if (page := read_table(path, label, self.findings)) is not None:
                self._check_sheet([page])
        elif label.lower().endswith(".xlsx"):
            self.findings.add("not_a_workbook", label)
        else:
            self.findings.add("not_a_zip" if label.lower().endswith(".zip") else "not_a_roster", label)

    def items(self, ask: Ask = lambda _: {}) -> Iterator[Item]:
        """The records, each with its fingerprint; findings may still grow while they are made, so look at them again at the end."""
        for record in self._items(ask):
            if record.mark or not record.body:
                yield record
            else:
                yield record._replace(mark=self._marker.of(record.kind, record.body))

    def finish_checking(self) -> None:
        """When there are errors already: look at the rest of the values too, so that all of them are told at once."""
        for _ in self._items(lambda _: {}):
            pass

    def close(self) -> None:
        """Let go of the file and of everything made from it."""
        self._items = lambda _: iter(())
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_files(self) -> None:
        files = open_files(self._path, self._options.label, self.findings)
        if files is None:
            return
        self._stack.callback(files.close)

        if self._recognise(files.digest(self._digest_key())):
            self.is_recognised = True
            return

        def reading(share: float) -> None:
            self._progress("reading", share)

        dialect = is_sds(files)
        loaded = (load_sds if dialect else load_package)(files, self.findings, reading)
        if loaded is None:
            return
        self.package, rows = loaded
        self._stack.callback(rows.database.close)
        self._progress("checking", 0.0)
        before = self._before(self.package) if self.package.mode == "delta" else None
        structure = check_package(rows, self.findings, self._options.today, before)
        self.package = msgspec.structs.replace(self.package, holds_until=first_end(rows, self._options.today))
        self._items = lambda ask: package_items(rows, structure, self.findings, self._marker, self._options.today, ask)

    def _digest_key(self) -> bytes:
        # Another reader may see more in the same file.
        return hashlib.blake2b((READER + GUARDIAN_READER).encode(), key=self._options.mark_key[:64]).digest()

    def _digest_of_sheet(self) -> bytes:
        with self._path.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.blake2b(key=self._digest_key(), digest_size=32)).digest()

    def _check_sheet(self, pages: Iterable[Page]) -> None:
        """Read all rows first: a sheet's schools are known only at its end, and a wrong row refuses the whole."""
        options = self._options
        stages = Stages(options.year_starts, options.first_grade, options.last_grade, options.primary_years)
        reader = SheetReader(options.label, Header(1, [], []), stages, self.findings, options.school_code, options.today)
        whole = PagesReader(options.label, options.mapping, reader, self.findings)
        spool: _Spool = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115 - closed by the reading
        self._stack.callback(spool.close)
        encoder = msgspec.msgpack.Encoder()
        for made in whole.read(pages):
            if made:
                frame = encoder.encode(made)
                spool.write(len(frame).to_bytes(4, "big") + frame)
            if whole.count % 500 == 0:
                self._progress("reading", 0.5)
        if whole.pages:
            self.package = Package("sheet", "学籍", "bulk", "sheet", {options.label: whole.count})
        self._items = lambda ask: _sheet_items(list(reader.preamble()), spool, ask)


_Spool = tempfile.SpooledTemporaryFile[bytes]


def _sheet_items(preamble: list[Item], spool: _Spool, ask: Ask) -> Iterator[Item]:
    """A sheet's records in its own order, of the schools that are wanted."""
    wanted = {head.school_key for head in preamble if head.kind == "school" and ask(head) is not None}
    return (record for record in itertools.chain(preamble, _unspooled(spool)) if record.school_key in wanted)


def _unspooled(spool: _Spool) -> Iterator[Item]:
    spool.seek(0)
    while head := spool.read(4):
        yield from msgspec.msgpack.decode(spool.read(int.from_bytes(head, "big")), type=list[Item])
