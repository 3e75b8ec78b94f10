"""Speaking, and reading back the own words."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.casework.evidence.catalogue import KINDS
from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.evidence.schemas import EvidenceInput
from nuanyang.casework.evidence.service.census import answer_census
from nuanyang.casework.evidence.service.entering import enter
from nuanyang.casework.self_reports import repository
from nuanyang.casework.self_reports.errors import EnoughForToday, NotAtSchool
from nuanyang.casework.self_reports.policy import PROTECTION, readers
from nuanyang.casework.self_reports.schemas import (
    AnswerShown,
    QuestionShown,
    SelfReportForm,
    SelfReportInput,
    SelfReports,
    SelfReportShown,
    StaffChoice,
    TopicShown,
)
from nuanyang.casework.self_reports.topics import TOPIC_OF_KIND, TOPICS, Topic
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import FieldError, Invalid
from nuanyang.school.students.models import Student
from nuanyang.school.years.service import year_of

MOST_IN_A_DAY = 10
_SUBJECT_TEACHER, _HOMEROOM_TEACHER = ("任课老师", "Subject teacher"), ("班主任", "Homeroom teacher")


async def form(session: AsyncSession, caller: Caller, *, is_english: bool) -> SelfReportForm:
    """Topics in plain words, the teachers of the own class, and who reads what."""
    student = await _speaker(session, caller)
    lead = await repository.lead_name(session, caller)
    place = 1 if is_english else 0
    posts: dict[object, StaffChoice] = {}
    for staff_id, name, role, subject in await repository.teachers_of(session, caller, student.class_id, today()):
        note = _HOMEROOM_TEACHER[place] if role == "homeroom_teacher" else subject or _SUBJECT_TEACHER[place]
        known = posts.setdefault(staff_id, StaffChoice(id=staff_id, name=name, note=None))
        known.note = f"{known.note} · {note}" if known.note else note
    return SelfReportForm(
        topics=[_topic(topic, lead, is_english=is_english) for topic in TOPICS.values()],
        teachers=list(posts.values()),
        readers_about_staff=readers(PROTECTION, is_english=is_english),
    )


async def staff_named(session: AsyncSession, caller: Caller, beginning: str) -> list[StaffChoice]:
    """For whom the report is about: others than the own class's teachers are found by their name."""
    await _speaker(session, caller)
    return [StaffChoice(id=one.id, name=one.name, note=None) for one in await repository.staff_named(session, caller, beginning.strip())]


async def own(session: AsyncSession, caller: Caller, *, is_english: bool) -> SelfReports:
    """What the student told this school year."""
    await _speaker(session, caller)
    year = await year_of(session, caller.school_id)
    lead = await repository.lead_name(session, caller)
    rows = await repository.own(session, caller, year.id)
    await showed(session, caller, ((row.student_id, row.data_class) for row in rows))
    return SelfReports(items=[shown(row, lead, is_english=is_english) for row in rows])


async def tell(session: AsyncSession, caller: Caller, body: SelfReportInput, *, is_english: bool) -> SelfReportShown | None:
    """Take in what the student tells, as evidence that those read whose work it is, and never whom it is about."""
    student = await _speaker(session, caller)
    topic = TOPICS[body.topic]
    facts = _facts(topic, body)
    if topic.kind is None:
        await answer_census(session, caller, student)
        return None
    if await repository.sent_since(session, caller, now() - timedelta(days=1)) >= MOST_IN_A_DAY:
        raise EnoughForToday(headers={"Retry-After": "3600"})
    evidence, _ = await enter(
        session,
        caller,
        EvidenceInput(
            student_id=student.id,
            kind=topic.kind,
            source="self_report",
            observed_on=today(),
            note=body.note or None,
            facts=facts,
            about_staff_id=body.about_staff_id,
        ),
        is_about_staff=body.is_about_staff or facts.get("by_whom") == "staff",
    )
    return shown(evidence, await repository.lead_name(session, caller), is_english=is_english)


def shown(evidence: Evidence, lead: str | None, *, is_english: bool) -> SelfReportShown:
    """An own report as its author sees it."""
    topic = TOPIC_OF_KIND.get(evidence.kind, TOPICS["talk"])
    return SelfReportShown(
        id=evidence.id,
        topic=topic.code,
        topic_words=topic.words[1 if is_english else 0],
        note=evidence.note,
        is_about_staff=evidence.about_staff_id is not None,
        sent_at=evidence.created_at,
        is_heard=evidence.answered_at is not None,
        readers=readers(evidence.data_class, lead=lead, is_english=is_english),
    )


async def _speaker(session: AsyncSession, caller: Caller) -> Student:
    """The student behind the account, while they are at this school."""
    student = await session.get(Student, (caller.school_id, caller.person_id)) if caller.person_id else None
    if student is None or student.status not in ("enrolled", "suspended"):
        raise NotAtSchool
    return student


def _topic(topic: Topic, lead: str | None, *, is_english: bool) -> TopicShown:
    place = 1 if is_english else 0
    return TopicShown(
        code=topic.code,
        words=topic.words[place],
        hint=topic.hint[place],
        is_note_required=topic.is_note_required,
        questions=[
            QuestionShown(
                code=question.fact,
                words=question.words[place],
                is_required=question.is_required,
                answers=[AnswerShown(value=str(value), words=words[place]) for value, words in question.answers],
            )
            for question in topic.questions
        ],
        readers=readers(KINDS[topic.kind].data_class, lead=lead, is_english=is_english) if topic.kind else [],
    )


def _facts(topic: Topic, body: SelfReportInput) -> dict[str, str | int | float | bool | None]:
    """The answers as facts of the kind; what the topic does not ask is refused."""
    known = {question.fact: question for question in topic.questions}
    errors = [
        FieldError(f"#/answers/{code}", "unknown_question", "这里没有这个问题。", "There is no such question.")
        for code in body.answers
        if code not in known
    ]
    facts: dict[str, str | int | float | bool | None] = {}
    for code, question in known.items():
        given = body.answers.get(code)
        answers = {str(value): value for value, _ in question.answers}
        if given in answers:
            facts[code] = answers[given]
        elif given is not None:
            errors.append(FieldError(f"#/answers/{code}", "unknown_answer", "请从列出的答案里选。", "Choose one of the answers."))
        elif question.is_required:
            errors.append(FieldError(f"#/answers/{code}", "missing", "请选一个答案。", "Please choose an answer."))
    if topic.is_note_required and not body.note:
        errors.append(FieldError("#/note", "missing", "请写几句想说的话。", "Please write a few words."))
    if topic.kind is None and (body.note or body.is_about_staff or body.about_staff_id):
        errors.append(
            FieldError("#/topic", "says_nothing", "有话想说的话，请选一件具体的事。", "To tell something, choose what it is about.")
        )
    if errors:
        raise Invalid(errors=errors)
    return facts
