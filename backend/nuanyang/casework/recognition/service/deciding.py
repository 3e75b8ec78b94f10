"""People decide: open a case, review it in class, grade and school, check it each term, let the student leave."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CATEGORY_CLASS
from nuanyang.casework.dossiers.service import note, open_dossier
from nuanyang.casework.recognition import policy
from nuanyang.casework.recognition.errors import (
    AlreadyRunning,
    DecidedBefore,
    NotInReview,
    NotRecognised,
    NotYourStep,
    OwnCase,
    ProposalNotFound,
    RecognitionNotFound,
)
from nuanyang.casework.recognition.models import Proposal, Recognition, RecognitionStep
from nuanyang.casework.recognition.repository import cases
from nuanyang.casework.recognition.rules import STEP_OF_STATE, decided_state
from nuanyang.casework.recognition.schemas import DecisionInput, RecognitionInput
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import Forbidden, Problem
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student
from nuanyang.school.years.service import term_of, year_of


async def open_case(session: AsyncSession, caller: Caller, body: RecognitionInput, proposal: Proposal | None = None) -> Recognition:
    """Open a case for class review. One about which a member of staff is complained of starts at the school, past that person."""
    student = await visible_student(session, caller, body.student_id)
    if not policy.may_open(caller, body.category, student):
        raise Forbidden
    year = await year_of(session, caller.school_id)
    if await cases.running(session, caller.school_id, year.id, student.id, body.category) is not None:
        raise AlreadyRunning
    withheld = await cases.withheld_from(session, caller.school_id, year.id, student.id, body.category)
    case = Recognition(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student.id,
        school_year_id=year.id,
        category=body.category,
        support_level=body.support_level,
        data_class=CATEGORY_CLASS[body.category],
        entered_by=caller.account_id,
        created_by=caller.account_id,
        state="class_review" if withheld is None else "school_review",
        proposal_id=proposal.id if proposal else None,
        is_exception=body.is_exception,
        reason=body.reason,
        withheld_from_staff_id=withheld,
    )
    session.add(case)
    if proposal is not None:
        proposal.state = "taken_up"
    try:
        await session.flush()
    except IntegrityError as twin:  # the partial unique index: another request was quicker
        raise AlreadyRunning from twin
    if withheld is None:
        note(session, caller, student.id, "recognition_opened", case.data_class, subject=("recognition", case.id), category=case.category)
    return case


async def take_up(session: AsyncSession, caller: Caller, proposal_ids: list[UUID], reason: str) -> list[tuple[UUID, Recognition | Problem]]:
    """Open a case from each proposal; what cannot be opened says why and stops nothing else."""
    found = await cases.proposals(session, caller, proposal_ids)
    results: list[tuple[UUID, Recognition | Problem]] = []
    for proposal_id in dict.fromkeys(proposal_ids):
        row = found.get(proposal_id)
        if row is None or row[0].state != "open":
            results.append((proposal_id, ProposalNotFound()))
            continue
        body = RecognitionInput(student_id=row[1].id, category=row[0].category, support_level=row[0].support_level, reason=reason)  # type: ignore[arg-type]
        try:
            async with session.begin_nested():
                results.append((proposal_id, await open_case(session, caller, body, row[0])))
        except Problem as problem:
            results.append((proposal_id, problem))
    return results


async def set_aside(session: AsyncSession, caller: Caller, proposal_id: UUID, reason: str) -> None:
    """Say no to a proposal, with the reason; the same facts are not proposed again."""
    row = (await cases.proposals(session, caller, [proposal_id])).get(proposal_id)
    if row is None:
        raise ProposalNotFound
    proposal, student, _ = row
    if not policy.may_open(caller, proposal.category, student):
        raise Forbidden
    if proposal.state != "open":
        raise NotInReview
    proposal.state = "set_aside"
    proposal.set_aside_reason, proposal.set_aside_by, proposal.set_aside_at = reason, caller.account_id, now()
    await session.flush()
    if proposal.withheld_from_staff_id is None:
        note(
            session,
            caller,
            student.id,
            "proposal_set_aside",
            CATEGORY_CLASS[proposal.category],
            subject=("proposal", proposal.id),
            category=proposal.category,
        )


async def decide(session: AsyncSession, caller: Caller, recognition_id: UUID, body: DecisionInput) -> Recognition:
    """Decide the step that is due. Nobody decides a case they entered (beyond the class), nor two steps of one case."""
    row = await cases.case(session, caller, recognition_id, lock=True)
    if row is None:
        raise RecognitionNotFound
    case, student, _ = row
    after = decided_state(case.state, body.outcome)
    if after is None:
        raise NotInReview
    if not policy.may_decide(caller, case, student):
        raise NotYourStep
    step = STEP_OF_STATE[case.state]
    if step != "class" and case.entered_by == caller.account_id:
        raise OwnCase
    before = await cases.steps(session, caller.school_id, case.id)
    number = max((s.round for s, _ in before), default=1) + (1 if before and before[-1][0].outcome == "return" else 0)
    if any(s.decided_by == caller.account_id and s.round == number and s.outcome != "return" for s, _ in before):
        raise DecidedBefore
    _add_step(session, caller, case, step, body.outcome, body.reason, number=number, support_level=body.support_level)
    if body.support_level is not None:
        case.support_level = body.support_level
    case.state = after
    if after == "recognised":
        await _recognise(session, caller, case)
    await session.flush()
    if case.withheld_from_staff_id is None:
        note(
            session,
            caller,
            student.id,
            "recognition_step",
            case.data_class,
            subject=("recognition", case.id),
            category=case.category,
            step=step,
            outcome=body.outcome,
            state=after,
        )
    return case


async def decide_many(
    session: AsyncSession, caller: Caller, ids: list[UUID], outcome: str, reason: str
) -> list[tuple[UUID, Recognition | Problem]]:
    """One decision over many cases; each stands or falls by itself."""
    results: list[tuple[UUID, Recognition | Problem]] = []
    for recognition_id in dict.fromkeys(ids):
        try:
            async with session.begin_nested():
                body = DecisionInput(outcome=outcome, reason=reason)  # type: ignore[arg-type]
                results.append((recognition_id, await decide(session, caller, recognition_id, body)))
        except Problem as problem:
            results.append((recognition_id, problem))
    return results


async def check_term(session: AsyncSession, caller: Caller, recognition_id: UUID, outcome: str, reason: str) -> Recognition:
    """The check of this term: go on, or leave the programme."""
    case, student = await _recognised(session, caller, recognition_id)
    term = await term_of(session, caller.school_id)
    _add_step(session, caller, case, "term_check", outcome, reason, term_id=term.id)
    if outcome == "exit":
        _close(case)
    await session.flush()
    _note_end(session, caller, case, student, "term_checked", outcome)
    return case


async def exit_case(session: AsyncSession, caller: Caller, recognition_id: UUID, reason: str) -> Recognition:
    """Leaving the programme is a decision too, with its reason."""
    case, student = await _recognised(session, caller, recognition_id)
    _add_step(session, caller, case, "exit", "exit", reason)
    _close(case)
    await session.flush()
    _note_end(session, caller, case, student, "recognition_exited", "exit")
    return case


async def _recognised(session: AsyncSession, caller: Caller, recognition_id: UUID) -> tuple[Recognition, Student]:
    row = await cases.case(session, caller, recognition_id, lock=True)
    if row is None:
        raise RecognitionNotFound
    case, student, _ = row
    if not policy.may_close(caller, case.category, student):
        raise Forbidden
    if case.state != "recognised":
        raise NotRecognised
    return case, student


async def _recognise(session: AsyncSession, caller: Caller, case: Recognition) -> None:
    # Valid for a school year; the file is opened with the first recognition (clause I1.2).
    year = await year_of(session, caller.school_id)
    case.recognised_on, case.valid_to = today(), max(year.ends_on, today())
    await open_dossier(session, caller, case.student_id, case.data_class)


def _close(case: Recognition) -> None:
    case.state, case.valid_to = "exited", today()


def _note_end(session: AsyncSession, caller: Caller, case: Recognition, student: Student, kind: str, outcome: str) -> None:
    if case.withheld_from_staff_id is None:
        note(session, caller, student.id, kind, case.data_class, subject=("recognition", case.id), category=case.category, outcome=outcome)


def _add_step(
    session: AsyncSession,
    caller: Caller,
    case: Recognition,
    step: str,
    outcome: str,
    reason: str,
    *,
    number: int = 1,
    support_level: str | None = None,
    term_id: UUID | None = None,
) -> None:
    session.add(
        RecognitionStep(
            school_id=caller.school_id,
            recognition_id=case.id,
            entered_by=case.entered_by,
            step=step,
            outcome=outcome,
            reason=reason,
            support_level=support_level,
            round=number,
            term_id=term_id,
            decided_at=now(),
            decided_by=caller.account_id,
        )
    )
