"""People decide: open a case, review it in class, grade and school, check it each term, let the student leave."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CATEGORY_CLASSES
from nuanyang.casework.dossiers.service import note, open_dossier
from nuanyang.casework.recognition import policy
from nuanyang.casework.recognition.errors import (
    AlreadyRunning,
    CheckedBefore,
    DecidedBefore,
    Lapsed,
    NotInReview,
    NotRecognised,
    NotYourStep,
    OwnCase,
    ProposalNotFound,
    RecognitionNotFound,
)
from nuanyang.casework.recognition.models import Proposal, Recognition, RecognitionStep
from nuanyang.casework.recognition.repository import cases
from nuanyang.casework.recognition.rules import STEP_OF_STATE, decided_state, is_lapsed
from nuanyang.casework.recognition.schemas import DecisionInput, RecognitionInput
from nuanyang.casework.recognition.service.proposing import is_proposed
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import Forbidden, Problem, invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student
from nuanyang.school.years.service import term_of, year_of


async def open_case(session: AsyncSession, caller: Caller, body: RecognitionInput, proposal: Proposal | None = None) -> Recognition:
    """Open a case for class review. A matter that is not for the class (protection, wellbeing) starts at the school."""
    student = await visible_student(session, caller, body.student_id)
    year = await year_of(session, caller.school_id)
    data_class = proposal.data_class if proposal else await _class_of(session, caller, body, student, year.id)
    if not policy.may_open(caller, data_class, student):
        raise Forbidden
    # A complaint about a member of staff is a matter of protection; nothing that follows from it reaches that person.
    withheld = await cases.complained_of(session, caller.school_id, year.id, student.id) if data_class == "protection" else []
    if await cases.is_running(session, caller.school_id, year.id, student.id, data_class, is_withheld=bool(withheld)):
        raise AlreadyRunning
    proposal = proposal or await cases.open_proposal(session, caller, student.id, data_class)
    at_school_only = data_class in policy.AT_SCHOOL_ONLY
    case = Recognition(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student.id,
        school_year_id=year.id,
        category=body.category,
        support_level=body.support_level,
        data_class=data_class,
        entered_by=caller.account_id,
        created_by=caller.account_id,
        state="school_review" if at_school_only else "class_review",
        at_school_only=at_school_only,
        proposal_id=proposal.id if proposal else None,
        # Whether it stands beside the rules is not for its opener to say.
        is_exception=proposal is None and not await is_proposed(session, caller, student, data_class),
        reason=body.reason,
        withheld_from_staff_ids=withheld,
    )
    session.add(case)
    if proposal is not None:
        proposal.state = "taken_up"
    try:
        await session.flush()
    except IntegrityError as twin:  # the partial unique index: another request was quicker
        raise AlreadyRunning from twin
    _note(session, caller, case, "recognition_opened")
    return case


async def _class_of(session: AsyncSession, caller: Caller, body: RecognitionInput, student: Student, year_id: UUID) -> str:
    """The class asked for; else the narrower one where all that the caller knows of the matter is of it; else that of the category."""
    wide, *narrow = CATEGORY_CLASSES[body.category]
    if body.data_class is not None:
        if body.data_class not in CATEGORY_CLASSES[body.category]:
            raise invalid("#/data_class", "class_of_another_category", "该类别不能使用这一数据类别。", "Not a class of this category.")
        return body.data_class
    told = await cases.classes_told(session, caller.school_id, year_id, student.id, body.category)
    return next((c for c in narrow if told == {c} and policy.may_open(caller, c, student)), wide)


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
    if not policy.may_open(caller, proposal.data_class, student):
        raise Forbidden
    if proposal.state != "open":
        raise NotInReview
    proposal.state = "set_aside"
    proposal.set_aside_reason, proposal.set_aside_by, proposal.set_aside_at = reason, caller.account_id, now()
    await session.flush()
    if not proposal.withheld_from_staff_ids:
        note(
            session,
            caller,
            student.id,
            "proposal_set_aside",
            proposal.data_class,
            subject=("proposal", proposal.id),
            category=proposal.category,
        )


async def decide(session: AsyncSession, caller: Caller, recognition_id: UUID, body: DecisionInput) -> Recognition:
    """Decide the step that is due. Nobody decides a case they entered (beyond the class), nor two steps of one case."""
    row = await cases.case(session, caller, recognition_id, lock=True)
    if row is None:
        raise RecognitionNotFound
    case, student, _ = row
    after = decided_state(case.state, body.outcome, at_school_only=case.at_school_only)
    if after is None:
        raise NotInReview
    if not policy.may_decide(caller, case, student):
        raise NotYourStep
    step = STEP_OF_STATE[case.state]
    if step != "class" and case.entered_by == caller.account_id:
        raise OwnCase
    if caller.account_id in (case.class_by, case.grade_by):
        raise DecidedBefore
    number = await cases.round_of(session, caller.school_id, case.id)
    _add_step(session, caller, case, step, body.outcome, body.reason, number=number, support_level=body.support_level)
    if body.support_level is not None and body.outcome == "agree":  # what nobody agreed to stays as it was proposed
        case.support_level = body.support_level
    case.state = after
    if body.outcome == "agree":
        setattr(case, f"{step}_by", caller.account_id)
    elif body.outcome == "return":
        case.class_by = case.grade_by = None
    if after == "recognised":
        await _recognise(session, caller, case)
    await session.flush()
    _note(session, caller, case, "recognition_step", step=step, outcome=body.outcome, state=after)
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
    case = await _recognised(session, caller, recognition_id)
    term = await term_of(session, caller.school_id)
    if await cases.is_checked(session, caller.school_id, case.id, term.id):
        raise CheckedBefore
    _add_step(session, caller, case, "term_check", outcome, reason, term_id=term.id)
    if outcome == "exit":
        _close(case)
    await session.flush()
    _note(session, caller, case, "term_checked", outcome=outcome)
    return case


async def exit_case(session: AsyncSession, caller: Caller, recognition_id: UUID, reason: str) -> Recognition:
    """Leaving the programme is a decision too, with its reason."""
    case = await _recognised(session, caller, recognition_id)
    _add_step(session, caller, case, "exit", "exit", reason)
    _close(case)
    await session.flush()
    _note(session, caller, case, "recognition_exited", outcome="exit")
    return case


async def _recognised(session: AsyncSession, caller: Caller, recognition_id: UUID) -> Recognition:
    row = await cases.case(session, caller, recognition_id, lock=True)
    if row is None:
        raise RecognitionNotFound
    case, student, _ = row
    if not policy.may_close(caller, case.data_class, student):
        raise Forbidden
    if case.state != "recognised":
        raise NotRecognised
    if is_lapsed(case.valid_to, today()):
        raise Lapsed
    return case


async def _recognise(session: AsyncSession, caller: Caller, case: Recognition) -> None:
    # Valid for the school year in which it is decided; the file is opened with the first recognition (clause I1.2).
    year = await year_of(session, caller.school_id)
    case.school_year_id = year.id
    case.recognised_on, case.valid_to = today(), max(year.ends_on, today())
    await open_dossier(session, caller, case.student_id, case.data_class, is_secret=bool(case.withheld_from_staff_ids))


def _close(case: Recognition) -> None:
    case.state, case.valid_to = "exited", today()


def _note(session: AsyncSession, caller: Caller, case: Recognition, event: str, **details: Any) -> None:
    # The time line knows no member of staff; so what is withheld from one is not on it at all.
    if not case.withheld_from_staff_ids:
        subject = ("recognition", case.id)
        note(session, caller, case.student_id, event, case.data_class, subject=subject, category=case.category, **details)


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
