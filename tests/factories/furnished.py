"""A class with one of everything in it, for those who try to reach it from outside."""

import json
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from nuanyang.access.accounts.models import Account, Device, RoleAssignment, Session
from nuanyang.access.inbox.models import Notice
from nuanyang.access.service_accounts.models import ServiceAccount, ServiceSecret
from nuanyang.casework.evidence.models import SpecialListRow
from nuanyang.casework.handovers.models import NOTE, Handover
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.plans.models import PlanTemplate
from nuanyang.casework.recognition.models import Proposal, ProposalRun, RuleSet
from nuanyang.casework.retention.models import LegalHold, RetentionRule, RetentionRun
from nuanyang.casework.retention.repository import preview
from nuanyang.exchange.rosters.models import RosterImport, RosterMapping, StudentDuplicate, WhereaboutsCheck
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs.models import Job
from nuanyang.measures.psychological.break_glass.repository import OPEN
from nuanyang.measures.psychological.cases.models import CounsellingCase
from nuanyang.programme.cadence.models import LedgerObligation, LedgerOccurrence
from nuanyang.programme.calendar.models import CalendarDay, CalendarPeriod
from nuanyang.programme.clauses import clause, templates
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.rules.content import from_template
from nuanyang.school.attendance.models import AttendanceSummary
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.consents.models import SCAN, ConsentScan
from nuanyang.school.results.models import Exam, ExamSubject, Result
from nuanyang.school.support_needs.models import SupportNeed
from tests.factories.cases import evidence, noted, opened, planned, recognised
from tests.factories.consents import said
from tests.factories.counselling import on_case, session_of
from tests.factories.students import asked, guardian, kept_away, numbers
from tests.factories.world import World

EVIDENCE = {"economic": ("C1", "low_income_family"), "academic": ("C2", "weak_method"), "health": ("C3", "disability")} | {
    "wellbeing": ("C3", "long_anxiety"),
    "family": ("C4", "family_conflict"),
    "protection": ("C4", "bullied"),
}
# Written into every text of the furniture: an answer that holds it tells something.
MARK = "只有本班本校能看到的字"


async def furnish(world: World, school_class: SchoolClass) -> dict[str, UUID]:
    """Ids by the names that paths and bodies give them. `student` has something of every class of data."""
    student = await world.student(f"{MARK}甲", school_class, student_number=f"9{uuid4().hex[:9]}")
    twin = await world.student(f"{MARK}乙", school_class)
    parent = await guardian(world, student, MARK)
    order = await kept_away(world, student, parent, "no_pick_up", reference=MARK)
    await numbers(world, student, "110101201305060019", "G110101201305060019")
    scan_id = new_id()
    scan = ConsentScan(
        school_id=world.school_id,
        id=scan_id,
        student_id=student.id,
        media_type="application/pdf",
        content_cipher=world.app.state.keyring.encrypt_bytes(f"%PDF-{MARK}".encode(), SCAN, scan_id),
        created_by=new_id(),
    )
    await world.add(scan)
    for data_class, (category, kind) in EVIDENCE.items():
        piece = await evidence(world, student, category, kind, data_class=data_class, note=MARK)
        case = await recognised(world, student, category, data_class=data_class, reason=MARK)
        await noted(world, student, data_class)
    await opened(world, student)
    measure = await planned(world, student, "A1.3.small_group_tutoring")
    staff = await world.staff(MARK)
    record = Intervention(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        kind="A1.3.small_group_tutoring",
        data_class="academic",
        plan_measure_id=measure.id,
        held_on=today(),
        minutes=40,
        doer_staff_id=staff.id,
        went=MARK,
        form={},
        entered_on=today(),
    )
    rules = RuleSet(school_id=world.school_id, id=new_id(), number=90, state="draft", rules_version="x", thresholds={}, reason=MARK)
    run = ProposalRun(
        school_id=world.school_id, id=new_id(), rule_set_id=rules.id, school_year_id=world.year.id, students_seen=1, proposed=1
    )
    proposal = Proposal(
        school_id=world.school_id,
        id=new_id(),
        run_id=run.id,
        student_id=twin.id,
        category="C4",
        data_class="family",
        support_level="general",
        explanation={"rules_version": MARK, "held": [], "missing": []},
        created_at=now(),
    )
    row = SpecialListRow(
        school_id=world.school_id,
        id=new_id(),
        school_year_id=world.year.id,
        kind="minimum_living_allowance",
        data_class="economic",
        list_name=MARK,
        name=MARK,
        observed_on=today(),
        reason="name_only",
        near_ids=[str(student.id)],
    )
    support = SupportNeed(school_id=world.school_id, id=new_id(), student_id=student.id, sentence=MARK)
    await world.add(record, rules, run, proposal, row, support)
    return {
        "student": student.id,
        "other": twin.id,
        "class": school_class.id,
        "evidence": piece.id,
        "recognition": case.id,
        "gap": student.id,
        "plan": measure.plan_id,
        "plan_measure": measure.id,
        "intervention": record.id,
        "rule_set": rules.id,
        "proposal": proposal.id,
        "row": row.id,
        "support_need": support.id,
        "guardian": parent.id,
        "data_request": (await asked(world, student, parent, said=MARK)).id,
        "order": order.id,
        "scan": scan.id,
        "staff": staff.id,
        **await _calendar(world),
        **await _clinical(world, student, parent),
        **await _results(world, student, school_class),
        **await _office(world, student, twin),
        **await _keeping(world, student),
        **await _programme(world),
        "occurrence": await _owed(world, student),
        "notice": await _told(world),
    }


async def _told(world: World) -> UUID:
    """A notice to a colleague."""
    colleague = await world.account("counsellor")
    row = Notice(
        school_id=world.school_id,
        id=new_id(),
        account_id=colleague.id,
        kind="due",
        subject="due:S1.2",
        params={"clause": "S1.2", "day": today().isoformat(), "count": 1, "class_id": None, "class_name": None},
        told_at=now(),
    )
    return (await world.add(row)).id


async def _owed(world: World, student: Any) -> UUID:
    """Something expected for the student."""
    obligation = LedgerObligation(
        school_id=world.school_id,
        id=new_id(),
        key=f"furnished/{student.id}",
        clause="plan.social",
        source="plan",
        subject="student",
        student_id=student.id,
        class_id=student.class_id,
        data_class="family",
        doer_role="moral_education",
        kinds=["S1.2.phone_contact"],
        stretches=[],
        is_running=False,
    )
    occurrence = LedgerOccurrence(
        school_id=world.school_id,
        id=new_id(),
        obligation_id=obligation.id,
        clause="plan.social",
        student_id=student.id,
        class_id=student.class_id,
        data_class="family",
        period="w2026-09-07",
        ordinal=1,
        opens_on=today(),
        due_on=today(),
        grace_until=today(),
    )
    await world.add(obligation, occurrence)
    return occurrence.id


async def _clinical(world: World, student: Any, parent: Any) -> dict[str, UUID]:
    """A counselling case with a session, and an opening of its file that is still on."""
    counsellor, _, principal = await world.account("counsellor"), await world.account("moral_education"), await world.account("principal")
    await said(world, student, parent, "counselling")
    case = CounsellingCase(school_id=world.school_id, id=new_id(), student_id=student.id, opened_on=today())
    await world.add(case, on_case(world, counsellor, student))
    held = await session_of(world, case, counsellor, MARK, MARK)
    named = {"school": world.school_id, "id": new_id(), "student": student.id, "reason": MARK}
    async with world.database.session(opening(account_id=principal.id, school_id=world.school_id, purpose="job")) as session:
        await session.execute(OPEN, named | {"office": "principal"})
    async with world.session() as session:
        lent = await session.scalar(select(RoleAssignment.id).where(RoleAssignment.account_id == principal.id))
    loan = RoleAssignment(
        school_id=world.school_id,
        id=new_id(),
        account_id=(await world.account("vice_principal")).id,
        role="acting_principal",
        valid_from=today(),
        valid_to=today(),
        delegated_from=lent,
        reason=MARK,
    )
    note = Handover(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        post="case_counsellor",
        data_class="wellbeing",
        from_account_id=principal.id,
        to_account_id=counsellor.id,
        effective_on=today(),
        written_at=now(),
    )
    body = json.dumps(dict.fromkeys(("runs", "agreed", "avoid"), MARK), ensure_ascii=False)
    note.note_cipher = world.app.state.keyring.encrypt(body, NOTE, note.id)
    await world.add(loan, note)
    return {"counselling_session": held.id, "opening": named["id"], "delegation": loan.id, "handover": note.id}


async def _calendar(world: World) -> dict[str, UUID]:
    day = CalendarDay(school_id=world.school_id, id=new_id(), day=today(), kind="day_off", name="停课", reason="市教育局通知停课")
    exams = CalendarPeriod(school_id=world.school_id, id=new_id(), kind="exam_week", name="期末考试周", starts_on=today(), ends_on=today())
    await world.add(day, exams)
    return {"calendar_day": day.id, "calendar_period": exams.id}


async def _keeping(world: World, student: Any) -> dict[str, UUID]:
    hold = LegalHold(school_id=world.school_id, id=new_id(), student_id=student.id, reason=MARK)
    term = RetentionRule(school_id=world.school_id, id=new_id(), data_class="health", action="erase", years=2, reason=MARK)
    run = RetentionRun(school_id=world.school_id, id=new_id(), until=today(), rules={})
    await world.add(hold, term, run)
    async with world.session() as session:
        await preview(session, run.id, student.id, today(), today(), ["economic", "family"])
        (await session.get_one(RetentionRun, (world.school_id, run.id))).shown_at = now()
    return {"hold": hold.id, "term": term.id, "run": run.id}


async def _programme(world: World) -> dict[str, UUID]:
    """A draft of the school's own programme: once handed in, nobody changes it any more."""
    named = {"name": MARK, "starts_on": world.year.starts_on, "ends_on": world.year.ends_on, "template": "september", "phases": []}
    edition = Edition(school_id=world.school_id, id=new_id(), guiding=MARK, **named)
    values = from_template(clause("P2.1"), templates()["september"], 1) | {"zh": MARK}
    row = EditionClause(school_id=world.school_id, id=new_id(), edition_id=edition.id, **values)
    await world.add(edition, row)
    return {"edition": edition.id, "clause": row.id}


async def _results(world: World, student: Any, school_class: SchoolClass) -> dict[str, UUID]:
    exam = Exam(
        school_id=world.school_id, id=new_id(), term_id=world.terms[0].id, grade=school_class.grade, kind="unit", name=MARK, held_on=today()
    )
    subject = ExamSubject(school_id=world.school_id, id=new_id(), exam_id=exam.id, subject="数学", full_marks=100)
    result = Result(
        school_id=world.school_id,
        id=new_id(),
        exam_id=exam.id,
        exam_subject_id=subject.id,
        student_id=student.id,
        class_id=school_class.id,
        status="present",
        score=37,
        entered_at=now(),
    )
    away = AttendanceSummary(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        term_id=world.terms[0].id,
        starts_on=today(),
        ends_on=today(),
        truancy=1,
        entered_at=now(),
    )
    await world.add(exam, subject, result, away)
    return {"exam": exam.id, "subject": subject.id}


async def _office(world: World, student: Any, twin: Any) -> dict[str, UUID]:
    brought = RosterImport(
        school_id=world.school_id, id=new_id(), file_name=MARK, file_size=1, year_starts=2026, mapping={}, state="checked"
    )
    mapping = RosterMapping(school_id=world.school_id, id=new_id(), name=MARK, mapping={"姓名": "name"})
    check = WhereaboutsCheck(
        school_id=world.school_id, id=new_id(), student_id=twin.id, opened_on=today(), is_compulsory_age=True, last_class_id=twin.class_id
    )
    pair = StudentDuplicate(
        school_id=world.school_id, id=new_id(), student_id=student.id, other_id=twin.id, reason="same_name", found_on=today()
    )
    template = PlanTemplate(
        school_id=world.school_id, id=new_id(), name=MARK, category="C2", support_level="general", description=MARK, body={"needs": []}
    )
    account = await world.account("principal")
    job = Job(id=new_id(), kind="roster_check", school_id=world.school_id, account_id=account.id)
    await world.add(brought, mapping, check, pair, template, job)
    async with world.session() as session:
        role = await session.scalar(select(RoleAssignment.id).where(RoleAssignment.account_id == account.id))
    assert role is not None
    return {
        "import": brought.id,
        "mapping": mapping.id,
        "check": check.id,
        "pair": pair.id,
        "template": template.id,
        "account": account.id,
        "role": role,
        "job": job.id,
        **await _signing_in(world, account),
    }


async def _signing_in(world: World, account: Account) -> dict[str, UUID]:
    await world.token(account)
    device = Device(account_id=account.id, token_hash=uuid4().bytes, user_agent=MARK, address=MARK, first_seen_at=now(), last_seen_at=now())
    person = await world.account()
    program = ServiceAccount(school_id=world.school_id, id=person.id, scopes=["students:read"], addresses=[])
    await world.add(device, program)
    secret = ServiceSecret(
        school_id=world.school_id, id=new_id(), service_account_id=program.id, slot=1, secret_hash=uuid4().bytes, hint="", expires_at=now()
    )
    await world.add(secret)
    async with world.session() as session:
        living = await session.scalar(select(Session.id).where(Session.account_id == account.id))
    assert living is not None
    return {"session": living, "device": device.id, "secret": secret.id}
