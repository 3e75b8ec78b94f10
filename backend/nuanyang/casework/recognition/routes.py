"""Rules, proposals and recognitions over HTTP."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.guards import (
    DbSession,
    IfMatch,
    database,
    etag,
    expect_version,
    requires_cases,
    requires_duty,
    session_of,
)
from nuanyang.access.permissions import CATEGORY_CLASSES
from nuanyang.casework.recognition import policy
from nuanyang.casework.recognition.errors import RecognitionNotFound, RulesNotDraft, RulesNotFound
from nuanyang.casework.recognition.models import Proposal, Recognition, RuleSet
from nuanyang.casework.recognition.repository import cases
from nuanyang.casework.recognition.rules import is_lapsed, read_thresholds, share
from nuanyang.casework.recognition.rules.thresholds import DEFAULTS, RANGES
from nuanyang.casework.recognition.schemas import (
    AssessmentShown,
    BatchAnswer,
    BatchDecisionInput,
    BatchItem,
    Category,
    DecisionInput,
    Explanation,
    Preview,
    PreviewCell,
    PreviewInput,
    PreviewStudent,
    ProposalPage,
    ProposalShown,
    ReasonInput,
    RecognitionInput,
    RecognitionPage,
    RecognitionRow,
    RecognitionShown,
    RuleExplained,
    RuleSetInput,
    RuleSetList,
    RuleSetShown,
    RunShown,
    State,
    StepShown,
    SupportLevel,
    TakeUpInput,
    TermCheckInput,
    ThresholdRange,
)
from nuanyang.casework.recognition.service import deciding, proposing
from nuanyang.kit.clock import today
from nuanyang.kit.errors import Forbidden, Problem
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student
from nuanyang.school.years.service import term_of, year_of

router = APIRouter(tags=["recognition"])
Caretaker = Annotated[Caller, Depends(requires_duty("set_rules"))]


# Anybody who sees recognitions of at least one class for at least one student.
CaseWorker = Annotated[Caller, Depends(requires_cases(*policy.SEES))]


def filters_from(
    student_id: UUID | None = None,
    category: Category | None = None,
    support_level: SupportLevel | None = None,
    grade: Annotated[int | None, Query(ge=1, le=12)] = None,
    class_id: UUID | None = None,
    q: Annotated[str | None, Query(max_length=60, description="Name, pinyin or initials.")] = None,
) -> dict[str, Any]:
    """The filters common to proposals and recognitions."""
    return {"student_id": student_id, "category": category, "support_level": support_level, "grade": grade, "class_id": class_id, "q": q}


CommonFilters = Annotated[dict[str, Any], Depends(filters_from)]


# -- rules ----------------------------------------------------------------------------------------


def _rules_shown(row: RuleSet) -> RuleSetShown:
    return RuleSetShown.model_validate(row)


@router.get("/rule-sets", operation_id="rule_sets_list", responses=problems(401, 403))
async def list_rules(caller: CaseWorker, session: DbSession) -> RuleSetList:
    """All versions of the school's rules, newest first, with the ranges of the thresholds."""
    await proposing.ensure_rules(session, caller)
    rows = await cases.rule_sets(session, caller.school_id)
    ranges = [ThresholdRange(name=n, default=getattr(DEFAULTS, n), least=low, most=high) for n, (low, high) in RANGES.items()]
    return RuleSetList(items=[_rules_shown(r) for r in rows], ranges=ranges)


@router.post("/rule-sets", operation_id="rule_sets_create", status_code=201, responses=problems(401, 403, 409, 422))
async def create_rules(body: RuleSetInput, caller: Caretaker, session: DbSession, response: Response) -> RuleSetShown:
    """Draft new thresholds; another person adopts them."""
    row = await proposing.draft_rules(session, caller, body.thresholds, body.reason)
    response.headers["ETag"] = etag(row.version)
    return _rules_shown(row)


@router.patch("/rule-sets/{rule_set_id}", operation_id="rule_sets_update", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def update_rules(
    rule_set_id: UUID, body: RuleSetInput, seen: IfMatch, caller: Caretaker, session: DbSession, response: Response
) -> RuleSetShown:
    """Change a draft."""
    row = await session.get(RuleSet, (caller.school_id, rule_set_id), with_for_update=True)
    if row is None:
        raise RulesNotFound
    expect_version(seen, row.version)
    if row.state != "draft":
        raise RulesNotDraft
    row.thresholds, row.reason = {n: getattr(read_thresholds(body.thresholds), n) for n in RANGES}, body.reason
    await session.flush()
    response.headers["ETag"] = etag(row.version)
    return _rules_shown(row)


@router.post("/rule-sets/{rule_set_id}/adopt", operation_id="rule_sets_adopt", responses=problems(401, 403, 404, 409))
async def adopt_rules(rule_set_id: UUID, caller: Caretaker, session: DbSession) -> RuleSetShown:
    """Put a draft in force: by somebody other than who drafted it."""
    return _rules_shown(await proposing.adopt_rules(session, caller, rule_set_id))


@router.post("/rule-sets/preview", operation_id="rule_sets_preview", responses=problems(401, 403, 409, 422))
async def preview_rules(body: PreviewInput, request: Request, caller: CaseWorker) -> Preview:
    """Who would be proposed with these thresholds, by category, grade, class and sex. Nothing is stored."""
    tried = read_thresholds(body.thresholds)
    # One connection at a time: whoever holds one and waits for another may wait for themselves.
    async with session_of(request) as session:
        rules = await cases.rules_in_force(session, caller.school_id)
        in_force = read_thresholds(rules.thresholds) if rules else DEFAULTS
        year = await year_of(session, caller.school_id)
    result = await proposing.preview_rules(database(request), caller, year.id, in_force, tried, body.category)
    async with session_of(request) as session:
        return await _preview_shown(session, caller, result)


async def _preview_shown(session: AsyncSession, caller: Caller, result: proposing.PreviewResult) -> Preview:
    students = await _students(session, caller.school_id, {c[0] for c in result.changes})
    names = dict((await session.execute(select(SchoolClass.id, SchoolClass.name).where(SchoolClass.school_id == caller.school_id))).all())
    labels: dict[str, Any] = {"class": lambda k: names.get(k, ""), "sex": lambda k: {"male": "男", "female": "女"}.get(k, "未说明")}

    def cells(group: str) -> list[PreviewCell]:
        tallies = sorted(result.groups[group].items(), key=lambda item: str(item[0]).zfill(4))
        return [
            PreviewCell(
                key=str(k),
                label=labels.get(group, str)(k) or "—",
                students=t.students,
                now=t.now,
                then=t.then,
                share_now=share(t.now, t.students),
                share_then=share(t.then, t.students),
            )
            for k, t in tallies
        ]

    changes = [
        PreviewStudent(student=cases.brief(*students[i]), category=c, now=before, then=after)  # type: ignore[arg-type]
        for i, c, before, after in result.changes
        if i in students
    ]
    told = [(s.student.id, k) for s in changes for k in CATEGORY_CLASSES[s.category] if policy.reason_scope(caller, k)]
    await showed(session, caller, told)
    return Preview(
        students=result.students,
        by_category=cells("category"),
        by_grade=cells("grade"),
        by_class=sorted(cells("class"), key=lambda c: c.label),
        by_sex=cells("sex"),
        changes=changes,
        changes_total=result.changes_total,
    )


async def _students(session: AsyncSession, school_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[Student, str | None]]:
    statement = (
        select(Student, SchoolClass.name)
        .outerjoin(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
        .where(Student.school_id == school_id, Student.id.in_(list(ids)))
    )
    return {s.id: (s, n) for s, n in (await session.execute(statement)).all()}


# -- proposals ------------------------------------------------------------------------------------


@router.post("/proposal-runs", operation_id="proposal_runs_create", status_code=201, responses=problems(401, 403, 409))
async def run_rules(request: Request, caller: Caretaker) -> RunShown:
    """Apply the rules in force to the whole school. Proposals are not decisions."""
    result = await proposing.run_rules(database(request), caller)
    seen = {
        category: sum(result.proposed[c] for c in classes)
        for category, classes in CATEGORY_CLASSES.items()
        if any(result.proposed[c] for c in classes) and all(policy.case_scope(caller, c).whole for c in classes)
    }
    return RunShown(
        id=result.id,
        rule_set_number=result.rule_set_number,
        students_seen=result.students_seen,
        proposed=seen,  # type: ignore[arg-type]
        opened=result.opened,
        superseded=result.superseded,
        created_at=result.created_at,
    )


def _proposal_shown(
    caller: Caller, proposal: Proposal, student: Student, class_name: str | None, deciders: dict[UUID, str]
) -> ProposalShown:
    # Where only the result is for the caller, the facts are not, nor are the reasons of a no.
    sees = policy.sees_reasons(caller, student, proposal.data_class)
    explanation = Explanation.model_validate(proposal.explanation) if sees else None
    return ProposalShown(
        id=proposal.id,
        student=cases.brief(student, class_name),
        category=proposal.category,  # type: ignore[arg-type]
        data_class=proposal.data_class,  # type: ignore[arg-type]
        support_level=proposal.support_level,  # type: ignore[arg-type]
        state=proposal.state,  # type: ignore[arg-type]
        explanation=explanation,
        created_at=proposal.created_at,
        set_aside_reason=proposal.set_aside_reason if sees else None,
        set_aside_at=proposal.set_aside_at,
        set_aside_by=deciders.get(proposal.set_aside_by) if proposal.set_aside_by else None,
    )


@router.get("/proposals", operation_id="proposals_list", responses=problems(401, 403, 422))
async def list_proposals(
    caller: CaseWorker,
    session: DbSession,
    common: CommonFilters,
    state: Annotated[str, Query(pattern="^(open|taken_up|set_aside|superseded)$")] = "open",
    due: Annotated[bool, Query(description="Only those that I may take up or set aside.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
    count: bool = False,
) -> ProposalPage:
    """System proposals with their reasons, newest first; open ones unless asked otherwise."""
    after = decode_cursor(cursor, 1)
    rows, total = await cases.page(
        session, caller, Proposal, cases.Filters(**common, state=state, is_due=due), after=after, limit=limit + 1, count=count
    )
    deciders = await cases.account_names(session, {row[0].set_aside_by for row in rows if row[0].set_aside_by})
    shown = [_proposal_shown(caller, *row, deciders) for row in rows[:limit]]
    await showed(session, caller, ((row.student.id, row.data_class) for row in shown))
    return ProposalPage(items=shown, next_cursor=encode_cursor(shown[-1].id) if len(rows) > limit else None, count=total)


@router.post(
    "/proposals/{proposal_id}/set-aside", operation_id="proposals_set_aside", status_code=204, responses=problems(401, 403, 404, 409, 422)
)
async def set_aside(proposal_id: UUID, body: ReasonInput, caller: CaseWorker, session: DbSession) -> None:
    """Say no to a proposal, with the reason; it does not come back on the same facts."""
    await deciding.set_aside(session, caller, proposal_id, body.reason)


@router.post("/proposals/take-up", operation_id="proposals_take_up", responses=problems(401, 403, 422))
async def take_up(body: TakeUpInput, caller: CaseWorker, session: DbSession) -> BatchAnswer:
    """Open a recognition from each of these proposals."""
    return _batch(await deciding.take_up(session, caller, body.proposal_ids, body.reason))


def _batch(results: list[tuple[UUID, Recognition | Problem]]) -> BatchAnswer:
    items = [
        BatchItem(id=i, ok=False, code=r.code, message=r.zh) if isinstance(r, Problem) else BatchItem(id=i, ok=True, recognition_id=r.id)
        for i, r in results
    ]
    done = sum(item.ok for item in items)
    return BatchAnswer(items=items, done=done, refused=len(items) - done)


@router.get("/students/{student_id}/assessment", operation_id="students_assessment", responses=problems(401, 403, 404, 409))
async def assess_student(student_id: UUID, caller: CaseWorker, session: DbSession) -> AssessmentShown:
    """Every rule for one student: which held, on which facts, against which threshold, what is missing, how near.

    Only rules whose data class the caller may see; evidence about the caller is no fact of theirs.
    """
    student = await visible_student(session, caller, student_id)
    classes = policy.reason_classes(caller, student)
    openable = [c for c in policy.CLASSES if policy.may_open(caller, c, student)]
    if not classes and not openable:
        raise Forbidden
    found, thresholds = await proposing.assess_student(session, caller, student, classes)
    await showed(session, caller, ((student.id, c) for c in classes))
    brief = (await _students(session, caller.school_id, [student.id]))[student.id]
    allowed = {category for category, of in CATEGORY_CLASSES.items() if classes.intersection(of)}
    return AssessmentShown(
        student=cases.brief(*brief),
        rules_version=found.rules_version,
        thresholds={n: getattr(thresholds, n) for n in RANGES},
        proposed=found.proposed,  # type: ignore[arg-type]
        rules=[RuleExplained.model_validate(r) for r in found.rules],
        hidden=[c for c in CATEGORY_CLASSES if c not in allowed],  # type: ignore[misc]
        may_open=openable,  # type: ignore[arg-type]
    )


# -- recognitions ---------------------------------------------------------------------------------


def _row(case: Recognition, student: Student, class_name: str | None, years: dict[UUID, str], mine: set[UUID]) -> dict[str, Any]:
    return {
        "id": case.id,
        "version": case.version,
        "student": cases.brief(student, class_name),
        "category": case.category,
        "data_class": case.data_class,
        "support_level": case.support_level,
        "state": case.state,
        "is_exception": case.is_exception,
        "is_lapsed": case.state == "recognised" and is_lapsed(case.valid_to, today()),
        "school_year": years.get(case.school_year_id, "—"),
        "created_at": case.created_at,
        "recognised_on": case.recognised_on,
        "valid_to": case.valid_to,
        "may_decide": case.id in mine,
    }


async def _shown(session: AsyncSession, caller: Caller, recognition_id: UUID) -> RecognitionShown:
    row = await cases.case(session, caller, recognition_id)
    if row is None:
        raise RecognitionNotFound
    case, student, class_name = row
    await showed(session, caller, [(student.id, case.data_class)])
    reasons = policy.sees_reasons(caller, student, case.data_class)
    steps = [
        StepShown(
            step=s.step,  # type: ignore[arg-type]
            outcome=s.outcome,
            reason=s.reason if reasons or s.decided_by == caller.account_id else None,
            support_level=s.support_level,  # type: ignore[arg-type]
            decided_at=s.decided_at,
            decided_by=s.decided_by,
            decided_by_name=name,
            round=s.round,
        )
        for s, name in await cases.steps(session, caller.school_id, case.id)
    ]
    proposal = (await cases.proposals(session, caller, [case.proposal_id])).get(case.proposal_id) if case.proposal_id else None
    term = await term_of(session, caller.school_id)
    checked = (
        case.state != "recognised"
        or (case.recognised_on or term.starts_on) >= term.starts_on
        or await cases.is_checked(session, caller.school_id, case.id, term.id)
    )
    row_shown = _row(
        case, student, class_name, await cases.year_names(session, caller.school_id), await cases.due_among(session, caller, [case.id])
    )
    return RecognitionShown(
        **row_shown,
        reason=case.reason if reasons or case.entered_by == caller.account_id else None,
        steps=steps,
        proposal=_proposal_shown(caller, *proposal, {}) if proposal else None,
        checked_this_term=checked,
        may_return=not case.at_school_only and case.state in ("grade_review", "school_review"),
        may_close=case.state == "recognised" and not row_shown["is_lapsed"] and policy.may_close(caller, case.data_class, student),
        may_renew=row_shown["is_lapsed"] and policy.may_open(caller, case.data_class, student),
    )


@router.get("/recognitions", operation_id="recognitions_list", responses=problems(401, 403, 422))
async def list_recognitions(
    caller: CaseWorker,
    session: DbSession,
    common: CommonFilters,
    state: State | None = None,
    due: Annotated[bool, Query(description="Only those whose next step is mine.")] = False,
    check_due: Annotated[bool, Query(description="Only recognised ones without this term's check, which is mine to make.")] = False,
    renewal_due: Annotated[bool, Query(description="Only those that lapsed with the last school year and that I may open anew.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
    count: bool = False,
) -> RecognitionPage:
    """Cases in the caller's reach, newest first. A case has the data class of its category."""
    after = decode_cursor(cursor, 1)
    term = await term_of(session, caller.school_id) if check_due else None
    year = await year_of(session, caller.school_id) if renewal_due else None
    filters = cases.Filters(
        **common,
        state=state,
        is_due=due,
        check_due_since=(term.id, term.starts_on) if term else None,
        renewal_due_in=year.id if year else None,
    )
    rows, total = await cases.page(session, caller, Recognition, filters, after=after, limit=limit + 1, count=count)
    years = await cases.year_names(session, caller.school_id)
    mine = await cases.due_among(session, caller, [row[0].id for row in rows])
    shown = [RecognitionRow(**_row(*row, years, mine)) for row in rows[:limit]]
    await showed(session, caller, ((row.student.id, row.data_class) for row in shown))
    return RecognitionPage(items=shown, next_cursor=encode_cursor(shown[-1].id) if len(rows) > limit else None, count=total)


@router.post("/recognitions", operation_id="recognitions_create", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def create_recognition(body: RecognitionInput, caller: CaseWorker, session: DbSession, response: Response) -> RecognitionShown:
    """Open a case for review, from a nomination or as an exception beside the rules."""
    case = await deciding.open_case(session, caller, body)
    response.headers["Location"] = f"/api/v1/recognitions/{case.id}"
    response.headers["ETag"] = etag(case.version)
    return await _shown(session, caller, case.id)


@router.get("/recognitions/{recognition_id}", operation_id="recognitions_read", responses=problems(401, 403, 404))
async def read_recognition(recognition_id: UUID, caller: CaseWorker, session: DbSession, response: Response) -> RecognitionShown:
    """One case with its decisions."""
    shown = await _shown(session, caller, recognition_id)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.post("/recognitions/decide", operation_id="recognitions_decide_many", responses=problems(401, 403, 422))
async def decide_many(body: BatchDecisionInput, caller: CaseWorker, session: DbSession) -> BatchAnswer:
    """One decision over many cases; each has its own result."""
    return _batch(await deciding.decide_many(session, caller, body.ids, body.outcome, body.reason))


@router.post("/recognitions/{recognition_id}/decide", operation_id="recognitions_decide", responses=problems(401, 403, 404, 409, 422))
async def decide(recognition_id: UUID, body: DecisionInput, caller: CaseWorker, session: DbSession) -> RecognitionShown:
    """Decide the step that is due: class, grade or school. Four eyes."""
    await deciding.decide(session, caller, recognition_id, body)
    return await _shown(session, caller, recognition_id)


@router.post("/recognitions/{recognition_id}/check", operation_id="recognitions_check", responses=problems(401, 403, 404, 409, 422))
async def check(recognition_id: UUID, body: TermCheckInput, caller: CaseWorker, session: DbSession) -> RecognitionShown:
    """This term's check: go on, or leave."""
    await deciding.check_term(session, caller, recognition_id, body.outcome, body.reason)
    return await _shown(session, caller, recognition_id)


@router.post("/recognitions/{recognition_id}/exit", operation_id="recognitions_exit", responses=problems(401, 403, 404, 409, 422))
async def leave(recognition_id: UUID, body: ReasonInput, caller: CaseWorker, session: DbSession) -> RecognitionShown:
    """The student leaves the programme in this category."""
    await deciding.exit_case(session, caller, recognition_id, body.reason)
    return await _shown(session, caller, recognition_id)
