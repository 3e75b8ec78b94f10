"""Files on their way in: rosters, results and attendance through the importers that a school uses, each by the person whose work it is."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

from fastapi import UploadFile
from sqlalchemy import select

from nuanyang.access.actors import Caller
from nuanyang.demo.evidence import AttendanceSheet, ExamSheet
from nuanyang.exchange.rosters.models import RosterImport
from nuanyang.exchange.rosters.service.imports import forget_file, keep_file, run_import
from nuanyang.kit.clock import today
from nuanyang.kit.crypto import load_keyring
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import Settings
from nuanyang.school.attendance.models import AttendanceSummary
from nuanyang.school.attendance.service import Sending as SendingAttendance
from nuanyang.school.attendance.service import import_attendance
from nuanyang.school.results.models import Exam
from nuanyang.school.results.schemas import ExamInput, ExamSubjectInput
from nuanyang.school.results.service.exams import create_exam
from nuanyang.school.results.service.imports import Sending as SendingResults
from nuanyang.school.results.service.imports import import_results
from nuanyang.school.years.service import term_of


class Rosters:
    """Rosters, brought in by the registrar."""

    def __init__(self, database: Database, settings: Settings, registrar: Caller) -> None:
        self._database, self._settings, self._caller = database, settings, registrar

    async def bring(self, path: Path, year: int) -> dict[str, dict[str, int]]:
        """Bring in a roster of one school year; answers the counts by kind. The very same file, once applied, is not brought in again."""
        caller = self._caller
        async with self._database.session(caller.context) as session:
            applied = select(RosterImport.counts).where(
                RosterImport.school_id == caller.school_id, RosterImport.file_name == path.name, RosterImport.state == "applied"
            )
            if (counts := await session.scalar(applied)) is not None:
                return dict(counts)
            row = _order(caller, path, year)
            session.add(row)
        folder, keyring = self._settings.files_folder, load_keyring(self._settings.keys_folder / "columns.keys")
        _keep(folder, row.id, path)
        context = opening(account_id=caller.account_id, school_id=caller.school_id, purpose="job")
        async with self._database.connection(context) as connection:
            made = await run_import(connection, keyring, folder, row.id, caller.account_id, is_applying=True, report=_say_nothing)
        forget_file(folder, row.id)
        counts = made["counts"]
        return dict(counts)


class Sheets:
    """Results and attendance, brought in by 教务处 from sheets that are written into a folder first."""

    def __init__(self, database: Database, settings: Settings, office: Caller, folder: Path) -> None:
        self._database, self._caller, self._folder = database, office, folder
        self._keyring = load_keyring(settings.keys_folder / "columns.keys")

    async def exam(self, sheet: ExamSheet) -> int:
        """Set the exam and bring in its sheet; answers the number of new results. An exam of the future, or one on record, is left out."""
        if sheet.held_on > today() or not sheet.rows:
            return 0
        subjects = [
            ExamSubjectInput(subject=one.name, full_marks=one.full_marks, level_scheme=one.levels or None)  # type: ignore[arg-type]
            for one in sheet.subjects
        ]
        body = ExamInput(grade=sheet.grade, kind=sheet.kind, name=sheet.name, held_on=sheet.held_on, subjects=subjects)
        async with self._database.session(self._caller.context) as session:
            term = await term_of(session, self._caller.school_id, sheet.held_on)
            known = select(Exam.id).where(
                Exam.school_id == self._caller.school_id, Exam.term_id == term.id, Exam.grade == sheet.grade, Exam.name == sheet.name
            )
            if await session.scalar(known) is not None:
                return 0
            exam = await create_exam(session, self._caller, body)
            sending = SendingResults(is_dry_run=False, is_english=False, zeros_confirmed=True)
            made = await import_results(session, self._caller, exam.id, upload(sheet.write(self._folder)), self._keyring, sending)
        return made.new

    async def attendance(self, sheet: AttendanceSheet) -> int:
        """Bring in the counts of one period that is over; answers the number of students."""
        if sheet.ends_on > today() or not sheet.rows or await self._is_known(sheet):
            return 0
        async with self._database.session(self._caller.context) as session:
            sending = SendingAttendance(sheet.starts_on, sheet.ends_on, is_dry_run=False, is_english=False)
            made = await import_attendance(session, self._caller, upload(sheet.write(self._folder)), self._keyring, sending)
        return made.new

    async def _is_known(self, sheet: AttendanceSheet) -> bool:
        statement = select(AttendanceSummary.id).where(
            AttendanceSummary.school_id == self._caller.school_id, AttendanceSummary.starts_on == sheet.starts_on
        )
        async with self._database.session(self._caller.context) as session:
            return await session.scalar(statement.limit(1)) is not None


def _order(caller: Caller, path: Path, year: int) -> RosterImport:
    """The import as a person would have ordered it after the dry run."""
    return RosterImport(
        school_id=caller.school_id,
        id=new_id(),
        file_name=path.name,
        file_size=path.stat().st_size,
        year_starts=year,
        mapping={},
        created_by=caller.account_id,
        state="applying",
    )


def _keep(folder: Path, import_id: UUID, path: Path) -> None:
    with path.open("rb") as stream:
        keep_file(folder, import_id, stream)


async def _say_nothing(_done: int, _total: int, _phase: str) -> None: ...


def upload(path: Path) -> UploadFile:
    """A file as a form carries it."""
    return UploadFile(BytesIO(path.read_bytes()), filename=path.name, size=path.stat().st_size)
