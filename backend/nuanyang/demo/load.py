"""Loads the demo district into an empty database: its files through the importers a school uses, its people's work through the services they use."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.demo import SEED
from nuanyang.demo.accounts import PASSWORD, main_staff, open_accounts, open_district_account, printed_accounts, username_of
from nuanyang.demo.calendar import Days
from nuanyang.demo.cast import Cast, cast
from nuanyang.demo.codes import set_second_factors
from nuanyang.demo.consenting import Consenting
from nuanyang.demo.counselling import Counselling
from nuanyang.demo.district import DISTRICT, DemoSchool, demo_schools
from nuanyang.demo.families import Families
from nuanyang.demo.leaving import Leaving
from nuanyang.demo.owing import Owing
from nuanyang.demo.programmes import Programmes
from nuanyang.demo.recognition import Reviews
from nuanyang.demo.speaking import Speaking
from nuanyang.demo.supporting import Support
from nuanyang.demo.telling import Telling
from nuanyang.demo.uploads import Rosters, Sheets
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring, load_keyring
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import Settings
from nuanyang.school.schools.models import District, School, SchoolSettings

Say = Callable[[str], None]
# A school whose settings carry this key has everything; without it the loader goes on where it stopped.
_DONE = "demo_loaded"
_GRADES = {"高中": (10, 12), "九年一贯制": (1, 9)}


class _Here:
    """Whether the database of this process holds the demo district; the greeting names its accounts only then."""

    is_demo = False


def load_demo(url: str, settings: Settings, say: Say) -> None:
    """Load the demo district unless the database has schools of its own; a second call finds everything done."""
    asyncio.run(_load_from(url, settings, say))


def accounts_text(settings: Settings) -> str | None:
    """The lines that greet: who can sign in, and with which password. None where the demo is not loaded."""
    if not settings.is_demo or not _Here.is_demo:
        return None
    lines = [f"  演示账号 (demo accounts), password: {PASSWORD}"]
    school = None
    for account in printed_accounts():
        if account.school != school:
            school = account.school
            lines.append(f"  {school or DISTRICT[2]}")
        lines.append(f"    {account.username:<26}{account.label}")
    return "\n".join(lines) + "\n"


def _school_year() -> int:
    """The calendar year in which the present school year began."""
    day = today()
    return day.year if day.month >= 9 else day.year - 1


async def _load_from(url: str, settings: Settings, say: Say) -> None:
    database = Database(url, read_size=4, write_size=4)
    await database.start()
    try:
        if await _has_other_schools(database):
            return
        _Here.is_demo = True
        if not await _is_done(database):
            await load(database, settings, say)
        await _set_second_factors(database, settings)
    finally:
        await database.stop()


async def _has_other_schools(database: Database) -> bool:
    async with database.session() as session:
        codes = set(await session.scalars(select(School.code).limit(10)))
    return bool(codes) and not codes <= {"2199010001", "2199010002", "2199010003"}


async def load(database: Database, settings: Settings, say: Say, schools: list[DemoSchool] | None = None) -> None:
    """Bring in every school of the district (or of those given) that is not there yet."""
    started = time.monotonic()
    say(f"loading the demo district {DISTRICT[2]} …")
    schools = schools or demo_schools(SEED, _school_year())
    ids = await _found_schools(database, schools)
    async with cast(database, settings) as people:
        for demo in schools:
            await _load_school(database, settings, people, demo, ids[demo.school.key], say)
    say(f"demo district loaded in {time.monotonic() - started:.0f} s")


async def _set_second_factors(database: Database, settings: Settings) -> None:
    """Also where the demo was loaded by an earlier release, or with the setting turned the other way."""
    keyring = load_keyring(settings.keys_folder / "columns.keys")
    async with database.session() as session:
        ids = list(await session.scalars(select(School.id).where(School.code.in_(("2199010001", "2199010002", "2199010003")))))
    for school_id in ids:
        async with database.session(opening(school_id=school_id, purpose="demo")) as session:
            await set_second_factors(session, keyring, school_id, is_asked_for=settings.demo_second_factor)


async def _is_done(database: Database) -> bool:
    async with database.session() as session:
        ids = list(await session.scalars(select(School.id).where(School.code.in_(("2199010001", "2199010002", "2199010003")))))
    return len(ids) == 3 and all([await _is_loaded(database, school_id) for school_id in ids])


async def _is_loaded(database: Database, school_id: UUID) -> bool:
    async with database.session(opening(school_id=school_id, purpose="demo")) as session:
        statement = select(SchoolSettings.id).where(SchoolSettings.school_id == school_id, SchoolSettings.key == _DONE)
        return await session.scalar(statement) is not None


async def _found_schools(database: Database, schools: list[DemoSchool]) -> dict[str, UUID]:
    """The district and its schools, as an administrator would enter them before the first roster; existing ones are kept."""
    async with database.session() as session:
        district = await _district(session)
        ids = {}
        for demo in schools:
            code = demo.school.code
            found = (await session.scalars(select(School).where(School.code == code))).one_or_none()
            if found is None:
                first, last = _GRADES[demo.school.stage]
                found = School(
                    id=new_id(),
                    district_id=district.id,
                    name=demo.school.name,
                    code=code,
                    first_grade=first,
                    last_grade=last,
                    created_at=now(),
                )
                session.add(found)
                await session.flush()
            ids[demo.school.key] = found.id
        await open_district_account(session)
    return ids


async def _district(session: AsyncSession) -> District:
    found = (await session.scalars(select(District).where(District.code == DISTRICT[1]))).one_or_none()
    if found is None:
        found = District(id=new_id(), code=DISTRICT[1], name=DISTRICT[2])
        session.add(found)
        await session.flush()
    return found


async def _load_school(database: Database, settings: Settings, people: Cast, demo: DemoSchool, school_id: UUID, say: Say) -> None:
    """One school from its first roster to its running cases; each step leaves alone what an earlier, interrupted call has done."""
    if await _is_loaded(database, school_id):
        return
    school, here = demo.school, opening(school_id=school_id, purpose="demo")
    started = time.monotonic()

    def tell(line: str) -> None:
        say(f"  {school.name}: {line} ({time.monotonic() - started:.0f} s)")

    async with database.session(here) as session:
        await open_accounts(session, school_id, school, only=frozenset({"registrar"}))
    registrar = await people.caller(school_id, username_of(school, main_staff(school)["registrar"]))
    keyring = load_keyring(settings.keys_folder / "columns.keys")
    with tempfile.TemporaryDirectory(prefix="nuanyang-demo-") as name:
        folder = Path(name)
        rosters = Rosters(database, settings, registrar)
        for year in school.years:
            for path in demo.write_roster(folder, year):
                counts = await rosters.bring(path, year)
            students = counts.get("student", {})
            tell(f"roster {year}-{year + 1}: " + ", ".join(f"{count} {what}" for what, count in students.items()))
        async with database.session(here) as session:
            tell(f"{await open_accounts(session, school_id, school)} accounts")
            await set_second_factors(session, keyring, school_id, is_asked_for=settings.demo_second_factor)
        await _load_evidence(database, settings, people, demo, school_id, folder, tell)
    await _let_people_work(database, people, keyring, demo, school_id, tell)
    async with database.session(here) as session:
        session.add(SchoolSettings(school_id=school_id, key=_DONE, value=True))


async def _let_people_work(database: Database, people: Cast, keyring: Keyring, demo: DemoSchool, school_id: UUID, tell: Say) -> None:
    school = demo.school
    states = await Reviews(database, people, school_id, school).play()
    tell("recognitions: " + ", ".join(f"{count} {state}" for state, count in sorted(states.items())))
    ahead = school.key == "ms"
    tell(f"{await Programmes(database, people, school_id, school, is_planning_ahead=ahead).play()} programmes")
    tell(f"{await Days(database, people, school_id, school).play()} entries of the calendar")
    tell(f"{await Speaking(database, people, school_id, school).play()} reports of students")
    tell(f"{await Consenting(database, people, keyring, school_id, school).play()} answers of families")
    made = await Support(database, people, school_id, school).play()
    tell("support: " + ", ".join(f"{count} {what}" for what, count in sorted(made.items())))
    tell(f"{await Owing(database, people, school_id, school).play()} records of daily work")
    tell(f"{await Families(database, people, school_id, school).play()} requests of a guardian")
    tell(f"{await Counselling(database, people, keyring, school_id, school).play()} counselling sessions")
    tell(f"{await Leaving(database, school_id, school, _GRADES[school.stage][1]).play()} former students")


async def _load_evidence(
    database: Database, settings: Settings, people: Cast, demo: DemoSchool, school_id: UUID, folder: Path, tell: Say
) -> None:
    office = await people.caller(school_id, username_of(demo.school, main_staff(demo.school)["academic_affairs"]))
    sheets = Sheets(database, settings, office, folder)
    results = [await sheets.exam(sheet) for sheet in demo.exams]
    tell(f"{sum(results)} results in {len(results)} exams")
    students = [await sheets.attendance(sheet) for sheet in demo.attendance]
    tell(f"attendance of {sum(students)} students")
    told = await Telling(database, settings, people, school_id, demo).play(folder)
    tell("evidence: " + ", ".join(f"{count} {way}" for way, count in told.items()))
