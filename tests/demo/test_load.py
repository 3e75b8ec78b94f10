"""One school of the demo district, loaded on a real database through the importers and services that a school uses."""

import time
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment, Session
from nuanyang.casework.dossiers.models import CaseLead, Dossier, TimelineEntry
from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.interventions.models import Intervention, InterventionVersion
from nuanyang.casework.plans.models import PlanReview, SupportPlan
from nuanyang.casework.recognition.models import Proposal, Recognition, RecognitionStep
from nuanyang.casework.retention.repository import runs
from nuanyang.casework.retention.service import reporting
from nuanyang.demo import accounts, load
from nuanyang.demo.accounts import PASSWORD, main_staff, main_username, printed_accounts, username_of
from nuanyang.demo.cast import cast
from nuanyang.demo.codes import code_at, codes_text
from nuanyang.demo.district import DemoSchool, demo_schools
from nuanyang.demo.families import Families
from nuanyang.demo.leaving import Leaving
from nuanyang.demo.programmes import Programmes
from nuanyang.demo.recognition import Reviews
from nuanyang.demo.speaking import Speaking
from nuanyang.demo.supporting import Support
from nuanyang.demo.telling import Telling
from nuanyang.demo.uploads import Rosters
from nuanyang.kit.db import opening
from nuanyang.programme.calendar.models import CalendarDay, CalendarPeriod
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.school.attendance.models import AttendanceSummary
from nuanyang.school.results.models import Exam, Result
from nuanyang.school.schools.models import School
from nuanyang.school.students.models import Enrolment, Student

pytestmark = pytest.mark.slow
COUNTED = (
    *(Student, Enrolment, Exam, Result, AttendanceSummary, Evidence, Proposal, Recognition, RecognitionStep, Dossier, CaseLead),
    *(SupportPlan, PlanReview, Intervention, InterventionVersion, TimelineEntry, Membership, RoleAssignment),
)


class Loaded:
    """The loaded school and how to ask about it."""

    def __init__(self, demo: DemoSchool, school_id: UUID, database, settings) -> None:
        self.demo, self.school_id, self.database, self.settings = demo, school_id, database, settings

    async def column(self, statement):
        async with self.database.session(opening(school_id=self.school_id, purpose="job")) as session:
            return list(await session.scalars(statement))

    async def counts(self) -> dict[str, int]:
        async with self.database.session(opening(school_id=self.school_id, purpose="job")) as session:
            statements = {
                model.__tablename__: select(func.count()).select_from(model).where(model.school_id == self.school_id) for model in COUNTED
            }
            return {table: await session.scalar(statement) for table, statement in statements.items()}


@pytest_asyncio.fixture(scope="session")
async def loaded(database, settings) -> AsyncIterator[Loaded]:
    """明德高级中学 with everything, loaded once."""
    (demo,) = [one for one in demo_schools(year=load._school_year()) if one.school.key == "ms"]
    said: list[str] = []
    await load.load(database, settings, said.append, [demo])
    assert any("records" in line for line in said)
    async with database.session() as session:
        school_id = await session.scalar(select(School.id).where(School.code == demo.school.code))
    yield Loaded(demo, school_id, database, settings)


async def test_every_student_of_the_data_set_is_there_in_a_class(loaded):
    enrolled = await loaded.column(select(Student).where(Student.school_id == loaded.school_id, Student.status == "enrolled"))
    assert len(enrolled) == len(loaded.demo.school.pupils) == 233
    assert all(student.class_id is not None for student in enrolled)
    reasons = set(await loaded.column(select(Enrolment.start_reason).where(Enrolment.school_id == loaded.school_id)))
    assert "promotion" in reasons


async def test_a_missed_exam_is_kept_as_missed(loaded):
    statuses = set(await loaded.column(select(Result.status).where(Result.school_id == loaded.school_id).distinct()))
    assert {"present", "absent"} <= statuses
    zeros = await loaded.column(select(Result.id).where(Result.school_id == loaded.school_id, Result.score == 0))
    assert zeros == []


async def test_recognitions_plans_and_records_stand_in_every_state(loaded):
    here = loaded.school_id
    assert set(await loaded.column(select(Recognition.state).where(Recognition.school_id == here).distinct())) == {
        *("class_review", "grade_review", "school_review", "recognised", "declined", "exited")
    }
    assert set(await loaded.column(select(Recognition.category).where(Recognition.school_id == here).distinct())) == {
        "C1",
        "C2",
        "C3",
        "C4",
    }
    assert {"draft", "submitted", "approved", "closed"} <= set(
        await loaded.column(select(SupportPlan.state).where(SupportPlan.school_id == here).distinct())
    )
    assert await loaded.column(select(SupportPlan.id).where(SupportPlan.school_id == here, SupportPlan.returned_reason.is_not(None)))
    assert set(await loaded.column(select(PlanReview.outcome).where(PlanReview.school_id == here))) == {"keep", "revise", "step_up", "exit"}
    assert await loaded.column(select(InterventionVersion.id).where(InterventionVersion.school_id == here))
    assert await loaded.column(select(Intervention.id).where(Intervention.school_id == here, Intervention.voided_at.is_not(None)))
    assert await loaded.column(select(Recognition.id).where(Recognition.school_id == here, Recognition.is_exception))


async def test_a_programme_is_in_force_and_the_next_one_is_being_written(loaded):
    editions = await loaded.column(select(Edition).where(Edition.school_id == loaded.school_id).order_by(Edition.starts_on))
    assert [(e.state, e.template, e.guiding != "") for e in editions] == [("in_force", "september", True), ("draft", "september", True)]
    assert editions[0].approved_by is not None and editions[1].previous_id == editions[0].id
    own = await loaded.column(select(EditionClause.clause).where(EditionClause.school_id == loaded.school_id, EditionClause.is_own))
    assert own == ["AX.1", "AX.1"]


async def test_evidence_comes_from_people_and_lists(loaded):
    sources = set(await loaded.column(select(Evidence.source).where(Evidence.school_id == loaded.school_id).distinct()))
    assert sources == {"nomination", "home_visit", "self_report", "special_list"}


async def test_the_school_has_its_exam_weeks_phases_and_days_of_its_own(loaded):
    periods = await loaded.column(select(CalendarPeriod.kind).where(CalendarPeriod.school_id == loaded.school_id))
    days = await loaded.column(select(CalendarDay.kind).where(CalendarDay.school_id == loaded.school_id))
    assert sorted(periods) == ["exam_week"] * 4 + ["phase"] * 3 and days == ["day_off"] * 2


async def test_no_case_lead_has_more_than_five(loaded):
    leads = await loaded.column(
        select(func.count()).select_from(CaseLead).where(CaseLead.school_id == loaded.school_id).group_by(CaseLead.staff_id)
    )
    assert max(leads) <= 5


async def test_loading_again_changes_nothing(loaded):
    before = await loaded.counts()
    await load.load(loaded.database, loaded.settings, lambda _: None, [loaded.demo])
    assert await loaded.counts() == before


async def test_an_interrupted_load_goes_on_where_it_stopped(loaded, tmp_path):
    before = await loaded.counts()
    school, here = loaded.demo.school, loaded.school_id
    async with cast(loaded.database, loaded.settings) as people:
        registrar = await people.caller(here, username_of(school, main_staff(school)["registrar"]))
        (path,) = loaded.demo.write_roster(tmp_path, school.year)
        await Rosters(loaded.database, loaded.settings, registrar).bring(path, school.year)
        assert await Telling(loaded.database, loaded.settings, people, here, loaded.demo).play(tmp_path) == {}
        await Reviews(loaded.database, people, here, school).play()
        assert await Speaking(loaded.database, people, here, school).play() == 0
        assert await Programmes(loaded.database, people, here, school, is_planning_ahead=True).play() == 0
        await Support(loaded.database, people, here, school).play()
        assert await Families(loaded.database, people, here, school).play() == 0
        assert await Leaving(loaded.database, here, school, 12).play() == 0
    assert await loaded.counts() == before


async def test_the_first_dry_run_shows_who_left_long_ago(loaded):
    here = opening(school_id=loaded.school_id)
    async with loaded.database.session(here) as session:
        (run,) = await runs(session, loaded.school_id, None, 10)
        (told,) = await reporting.told(session, loaded.school_id, [run])
    assert (told.students, told.students_due, told.undated) == (5, 4, 1)
    by_class = {count.data_class: count.students for count in told.classes}
    assert (by_class["family"], by_class["contact"], by_class["economic"]) == (5, 5, 1)


async def test_everybody_was_signed_out_again(loaded):
    ids = select(Account.id).where(Account.username.like("%.ms"))
    living = await loaded.column(select(Session.id).where(Session.account_id.in_(ids), Session.ended_at.is_(None)))
    assert living == []


async def test_demo_accounts_sign_in_with_the_printed_password(loaded, world):
    client = world.anonymous()
    form = {"grant_type": "password", "username": main_username("homeroom_teacher", "ms"), "password": PASSWORD}
    answer = await client.post("/api/v1/auth/token", data=form)
    assert answer.status_code == 200 and answer.json()["must_enrol_second_factor"] is False
    token = answer.json()["access_token"]
    me = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.status_code == 200
    assert me.json()["must_change_password"] is False


async def test_demo_accounts_show_the_printed_code_where_a_second_factor_is_asked_for(loaded, world):
    client = world.anonymous()
    form = {"grant_type": "password", "username": main_username("homeroom_teacher", "ms"), "password": PASSWORD}
    asking = loaded.settings.model_copy(update={"demo_second_factor": True})
    await load._set_second_factors(loaded.database, asking)
    asked = await client.post("/api/v1/auth/token", data=form)
    assert asked.json()["code"] == "mfa_required"
    code = code_at(time.time())
    assert code in codes_text()
    answer = await client.post("/api/v1/auth/second-factor", json={"ticket": asked.json()["ticket"], "code": code})
    assert answer.status_code == 200
    token = answer.json()["access_token"]
    me = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.status_code == 200
    await load._set_second_factors(loaded.database, loaded.settings)
    assert (await client.post("/api/v1/auth/token", data=form)).status_code == 200


async def test_the_demo_guardian_finds_a_child_with_a_plan_and_both_requests(loaded, world):
    client = world.anonymous()
    form = {"username": main_username(accounts.GUARDIAN, "ms"), "password": PASSWORD}
    token = (await client.post("/api/v1/auth/token", data=form)).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    (child, *_) = (await client.get("/api/v1/my/children")).json()["items"]
    assert (await client.get(f"/api/v1/my/children/{child['id']}")).json()["plan"]["aims"]
    assert sorted(one["state"] for one in (await client.get("/api/v1/my/data-requests")).json()["items"]) == ["open", "partly"]


async def test_the_demo_student_speaks_for_themselves(loaded, world):
    client = world.anonymous()
    form = {"username": main_username(accounts.STUDENT, "ms"), "password": PASSWORD}
    token = (await client.post("/api/v1/auth/token", data=form)).json()["access_token"]
    answer = await client.get("/api/v1/self-reports/form", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200 and answer.json()["teachers"]
    told = select(Evidence.about_staff_id).where(
        Evidence.school_id == loaded.school_id, Evidence.source == "self_report", Evidence.reported_by_staff_id.is_(None)
    )
    about = await loaded.column(told)
    assert len(about) == 3 and sum(one is not None for one in about) == 1


async def test_a_database_with_schools_of_its_own_is_left_alone(world, settings, database_urls):
    said: list[str] = []
    await load._load_from(database_urls[0], settings, said.append)
    assert said == []


def test_the_greeting_names_accounts_that_exist():
    schools = {one.school.key: one.school for one in demo_schools()}
    assert {key: school.name for key, school in schools.items()} == accounts.SCHOOLS
    real = {username_of(school, person) for school in schools.values() for person in school.staff}
    printed = {
        account.username for account in printed_accounts() if account.role not in {"district_admin", accounts.STUDENT, accounts.GUARDIAN}
    }
    assert printed and printed <= real


def test_the_greeting_is_silent_where_the_demo_is_not(settings):
    load._Here.is_demo = False
    assert load.accounts_text(settings) is None
    load._Here.is_demo = True
    assert PASSWORD in (load.accounts_text(settings) or "")
