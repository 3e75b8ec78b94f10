"""Schools, people and signed-in clients, in few words: `world.student()`, `await world.client("homeroom_teacher", school_class)`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import randrange
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment, Session
from nuanyang.access.actors import Caller
from nuanyang.entrypoints.http import create_app
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import Settings
from nuanyang.school.classes.models import ClassStaff, SchoolClass
from nuanyang.school.guardians.models import Guardian
from nuanyang.school.schools.models import School
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Enrolment, Student
from nuanyang.school.years.models import SchoolYear, Term

_numbers = count(1)


@dataclass
class World:
    """One school that only this test knows; `elsewhere()` makes another."""

    app: FastAPI
    database: Database
    school_id: UUID
    year: SchoolYear
    terms: list[Term]
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A session in this school's context, committed at the end."""
        async with self.database.session(opening(school_id=self.school_id, purpose="job")) as session:
            yield session

    async def add(self, *rows: Any) -> Any:
        """Write rows of this school in the given order; returns the first."""
        async with self.session() as session:
            for row in rows:
                if getattr(row, "school_id", self.school_id) is None:
                    row.school_id = self.school_id
                session.add(row)
                await session.flush()
        return rows[0]

    async def school_class(self, grade: int = 7, number: int | None = None, year: SchoolYear | None = None) -> SchoolClass:
        """A class of this year."""
        number = number or next(_numbers)
        year = year or self.year
        row = SchoolClass(
            school_id=self.school_id,
            id=new_id(),
            school_year_id=year.id,
            grade=grade,
            number=number,
            name=f"{grade}年级({number})班",
            cohort_year=year.starts_on.year,
        )
        return await self.add(row)

    async def student(
        self,
        name: str = "王小明",
        school_class: SchoolClass | None = None,
        *,
        pinyin: str = "wangxiaoming",
        initials: str = "wxm",
        **more: Any,
    ) -> Student:
        """A student, enrolled since the year began."""
        school_class = school_class or await self.school_class()
        row = Student(
            school_id=self.school_id,
            id=new_id(),
            name=name,
            pinyin=pinyin,
            initials=initials,
            **({"sex": "male", "birth_on": date(2013, 5, 6), "student_number": f"2026{next(_numbers):05d}"} | more),
            class_id=school_class.id,
            grade=school_class.grade,
        )
        enrolment = Enrolment(
            school_id=self.school_id, student_id=row.id, class_id=school_class.id, starts_on=self.year.starts_on, start_reason="placement"
        )
        return await self.add(row, enrolment)

    async def staff(self, name: str = "陈静") -> StaffMember:
        """A member of staff."""
        return await self.add(StaffMember(school_id=self.school_id, id=new_id(), name=name, pinyin="chenjing", initials="cj"))

    async def account(self, *roles: str | tuple[str, Any], staff: StaffMember | None = None) -> Account:
        """An account with roles: "principal", ("homeroom_teacher", school_class), ("grade_head", 7), ("case_lead", student)."""
        staff = staff or await self.staff(f"教师{next(_numbers)}")
        number = next(_numbers)
        account = Account(
            id=new_id(),
            username=f"t{number}.{uuid4().hex[:8]}",
            display_name=staff.name,
            password_hash=None,
            must_change_password=False,
            created_at=now(),
        )
        rows: list[Any] = [account, Membership(school_id=self.school_id, account_id=account.id, person_kind="staff", person_id=staff.id)]
        for role in roles:
            name, scope = (role, None) if isinstance(role, str) else role
            kind = (
                "school"
                if scope is None
                else "grade"
                if isinstance(scope, int)
                else "class"
                if isinstance(scope, SchoolClass)
                else "student"
            )
            rows.append(
                RoleAssignment(
                    school_id=self.school_id,
                    account_id=account.id,
                    role=name,
                    scope_kind=kind,
                    scope_id=scope.id if kind in ("class", "student") else None,
                    scope_grade=scope if kind == "grade" else None,
                    valid_from=today() - timedelta(days=30),
                    valid_to=today() if name == "crisis_duty" else None,
                )
            )
            if name == "homeroom_teacher":
                rows.append(
                    ClassStaff(school_id=self.school_id, class_id=scope.id, staff_id=staff.id, role=name, valid_from=self.year.starts_on)
                )
        await self.add(*rows)
        return account

    async def student_account(self, student: Student) -> Account:
        """The account of a student: a person of the school who holds no role."""
        account = Account(
            id=new_id(),
            username=f"s{next(_numbers)}.{uuid4().hex[:8]}",
            display_name=student.name,
            password_hash=None,
            must_change_password=False,
            created_at=now(),
        )
        membership = Membership(school_id=self.school_id, account_id=account.id, person_kind="student", person_id=student.id)
        return await self.add(account, membership)

    async def guardian_account(self, guardian: Guardian) -> Account:
        """The account of a guardian, made at first need: a person of the school who holds no role."""
        async with self.session() as session:
            known = select(Account).join(Membership, Membership.account_id == Account.id).where(Membership.person_id == guardian.id)
            existing = (await session.scalars(known.where(Membership.school_id == self.school_id))).one_or_none()
        if existing is not None:
            return existing
        account = Account(
            id=new_id(),
            username=f"g{next(_numbers)}.{uuid4().hex[:8]}",
            display_name=guardian.name,
            password_hash=None,
            must_change_password=False,
            created_at=now(),
        )
        membership = Membership(school_id=self.school_id, account_id=account.id, person_kind="guardian", person_id=guardian.id)
        return await self.add(account, membership)

    async def token(self, account: Account) -> str:
        """An access token of a living session, without the cost of a password."""
        row = Session(
            id=new_id(),
            account_id=account.id,
            school_id=self.school_id,
            refresh_hash=uuid4().bytes + uuid4().bytes,
            rotated_at=now(),
            created_at=now(),
            expires_at=now() + timedelta(hours=12),
        )
        await self.add(row)
        claims = {
            "sub": str(account.id),
            "sid": str(row.id),
            "sch": str(self.school_id),
            "jti": str(uuid4()),
            "ver": account.session_version,
            "roles": [],
        }
        return str(self.app.state.signer.sign(claims))

    async def client(
        self, *roles: str | tuple[str, Any], account: Account | None = None, staff: StaffMember | None = None
    ) -> httpx.AsyncClient:
        """A signed-in HTTP client with these roles."""
        account = account or await self.account(*roles, staff=staff)
        client = self._client({"Authorization": f"Bearer {await self.token(account)}"})
        client.account = account  # type: ignore[attr-defined]
        return client

    async def family(self, guardian: Guardian) -> httpx.AsyncClient:
        """A client signed in as this guardian."""
        return await self.client(account=await self.guardian_account(guardian))

    def anonymous(self) -> httpx.AsyncClient:
        """A client that is not signed in."""
        return self._client({})

    async def caller(self, account: Account) -> Caller:
        """The Caller a service would see."""
        caller = await self.app.state.callers.find(await self.token(account))
        assert caller is not None
        return caller

    async def elsewhere(self) -> "World":
        """Another school."""
        return await make_world(self.app, self.database)

    def _client(self, headers: dict[str, str]) -> httpx.AsyncClient:
        # An address of its own for each client: what one test fails at, no other one waits for.
        address = f"10.{randrange(256)}.{randrange(256)}.{randrange(1, 255)}"
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 40_000))
        client = httpx.AsyncClient(transport=transport, base_url="https://nuanyang.test", headers=headers)
        client.address = address  # type: ignore[attr-defined]
        self.clients.append(client)
        return client


async def make_world(app: FastAPI, database: Database, *, second_factor: str = "off") -> World:
    """A school with its present school year and two terms. It spares its staff the second factor; what is about that says "required"."""
    name = f"测试学校{next(_numbers)}"
    school = School(
        id=new_id(), name=name, code=uuid4().hex[:10], first_grade=1, last_grade=9, second_factor=second_factor, created_at=now()
    )
    async with database.session() as session:
        session.add(school)
    day = today()
    start = day.year if day.month >= 9 else day.year - 1
    year = SchoolYear(
        school_id=school.id, id=new_id(), name=f"{start}-{start + 1}", starts_on=date(start, 9, 1), ends_on=date(start + 1, 8, 31)
    )
    terms = [
        Term(
            school_id=school.id,
            id=new_id(),
            school_year_id=year.id,
            number=1,
            name="第一学期",
            starts_on=date(start, 9, 1),
            ends_on=date(start + 1, 1, 31),
        ),
        Term(
            school_id=school.id,
            id=new_id(),
            school_year_id=year.id,
            number=2,
            name="第二学期",
            starts_on=date(start + 1, 2, 1),
            ends_on=date(start + 1, 8, 31),
        ),
    ]
    world = World(app, database, school.id, year, terms)
    await world.add(year, *terms)
    return world


@pytest_asyncio.fixture(scope="session")
async def app(settings: Settings, database: Database) -> AsyncIterator[FastAPI]:
    """The whole application on this worker's database."""
    application = create_app(settings, database)
    application.state.longest_stream = 0.05  # whoever walks all operations waits for each
    async with application.router.lifespan_context(application):
        yield application


@pytest_asyncio.fixture
async def world(app: FastAPI, database: Database) -> AsyncIterator[World]:
    """A fresh school."""
    made = await make_world(app, database)
    yield made
    for client in made.clients:
        await client.aclose()
