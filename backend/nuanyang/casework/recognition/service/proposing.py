"""Running the rules over a school: proposals, previews, one student's assessment."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CLASS_CATEGORY, NOTHING, WHOLE
from nuanyang.access.walls import past
from nuanyang.casework.recognition.errors import OwnRules, RulesNotDraft, RulesNotFound
from nuanyang.casework.recognition.models import RuleSet
from nuanyang.casework.recognition.policy import CLASSES, reason_scope
from nuanyang.casework.recognition.repository import cases
from nuanyang.casework.recognition.repository.facts import facts_of, stream_facts
from nuanyang.casework.recognition.rules import (
    DEFAULTS,
    VERSION,
    Assessment,
    Facts,
    Thresholds,
    assess,
    by_category,
    explain,
    propose,
    read_thresholds,
    rules_of,
)
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import Database
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student
from nuanyang.school.years.service import year_of

MOST_CHANGES = 200


@dataclass(slots=True)
class RunResult:
    """What one run did. `proposed` counts by data class over the whole school."""

    id: UUID
    rule_set_number: int
    students_seen: int = 0
    opened: int = 0
    superseded: int = 0
    created_at: datetime = field(default_factory=now)
    proposed: Counter[str] = field(default_factory=Counter)


async def ensure_rules(session: AsyncSession, caller: Caller) -> RuleSet:
    """The rules in force; a school that has set none works with the shipped ones, recorded as its number 1."""
    found = await cases.rules_in_force(session, caller.school_id)
    if found is None:
        found = RuleSet(
            school_id=caller.school_id,
            id=new_id(),
            number=1,
            state="adopted",
            rules_version=VERSION,
            thresholds=asdict(DEFAULTS),
            reason="系统默认规则",
            adopted_at=now(),
        )
        session.add(found)
        await session.flush()
    return found


async def draft_rules(session: AsyncSession, caller: Caller, thresholds: dict[str, Any], reason: str) -> RuleSet:
    """A draft of new thresholds; nothing changes until another person adopts it."""
    checked = read_thresholds(thresholds)
    await ensure_rules(session, caller)
    newest = (await cases.rule_sets(session, caller.school_id))[0]
    row = RuleSet(
        school_id=caller.school_id,
        id=new_id(),
        number=newest.number + 1,
        state="draft",
        rules_version=VERSION,
        thresholds=asdict(checked),
        reason=reason,
        created_by=caller.account_id,
    )
    session.add(row)
    await session.flush()
    return row


async def adopt_rules(session: AsyncSession, caller: Caller, rule_set_id: UUID) -> RuleSet:
    """Put a draft in force; the one before is retired."""
    row = await session.get(RuleSet, (caller.school_id, rule_set_id), with_for_update=True)
    if row is None:
        raise RulesNotFound
    if row.state != "draft":
        raise RulesNotDraft
    if row.created_by == caller.account_id:
        raise OwnRules
    before = await cases.rules_in_force(session, caller.school_id)
    if before is not None:
        before.state = "retired"
        await session.flush()
    row.state, row.adopted_at, row.adopted_by = "adopted", now(), caller.account_id
    await session.flush()
    return row


async def run_rules(database: Database, caller: Caller) -> RunResult:
    """Propose for the whole school in one transaction: unchanged proposals stay, changed ones are superseded, a no of people is not asked again."""
    async with database.session(caller.context) as session:
        rules = await ensure_rules(session, caller)
        year_id = (await year_of(session, caller.school_id)).id
        thresholds = read_thresholds(rules.thresholds)
        rule_set_id, result = rules.id, RunResult(new_id(), rules.number)
    async with database.connection(caller.context) as connection:
        await connection.execute(f"{past('rules')}; {_STAGE}")
        async for batch in stream_facts(connection, caller.school_id, year_id, today(), WHOLE):
            result.students_seen += len(batch)
            rows = list(_proposed(batch, thresholds))
            result.proposed.update(row[3] for row in rows)
            await connection.copy_records_to_table("proposed", records=rows, schema_name="pg_temp")
        await connection.execute("analyze pg_temp.proposed; SET LOCAL enable_nestloop = on")
        await connection.execute(
            _INSERT_RUN,
            caller.school_id,
            result.id,
            rule_set_id,
            year_id,
            result.students_seen,
            sum(result.proposed.values()),
            caller.account_id,
        )
        await connection.execute(_DROP_RUNNING, caller.school_id, year_id)
        await connection.execute(_DROP_SET_ASIDE, caller.school_id)
        result.superseded = _count(await connection.execute(_SUPERSEDE, caller.school_id, caller.staff_id))
        result.opened = _count(await connection.execute(_OPEN, caller.school_id, result.id))
        await connection.execute("drop table pg_temp.proposed")
    return result


def _proposed(batch: Iterable[Facts], thresholds: Thresholds) -> Iterable[tuple[UUID, UUID, str, str, str, str, list[UUID]]]:
    for facts in batch:
        for data_class, level in propose(facts, thresholds).items():
            explanation = json.dumps(explain(facts, thresholds, data_class), ensure_ascii=False, sort_keys=True)
            yield new_id(), facts.student_id, CLASS_CATEGORY[data_class], data_class, level, explanation, _about(facts, data_class)


def _about(facts: Facts, data_class: str) -> list[UUID]:
    # What is about members of staff is a matter of protection; they see no such proposal for the student.
    if data_class != "protection":
        return []
    return list(dict.fromkeys(e.about_staff_id for e in facts.evidence if e.about_staff_id is not None))


def _count(status: str) -> int:
    return int(status.rsplit(" ", 1)[1])


_STAGE = """
create temporary table proposed (id uuid, student_id uuid, category text, data_class text, support_level text, explanation jsonb, withheld uuid[])
on commit drop
"""
_INSERT_RUN = """
insert into proposal_runs (school_id, id, rule_set_id, school_year_id, students_seen, proposed, finished_at, created_by) values ($1, $2, $3, $4, $5, $6, now(), $7)
"""
_DROP_RUNNING = """
delete from pg_temp.proposed p using recognitions r
where r.school_id = $1 and r.school_year_id = $2 and r.student_id = p.student_id and r.data_class = p.data_class and r.state not in ('declined', 'exited')
"""
_DROP_SET_ASIDE = """
delete from pg_temp.proposed p using proposals o
where o.school_id = $1 and o.state = 'set_aside' and o.student_id = p.student_id and o.data_class = p.data_class
  and o.support_level = p.support_level and o.explanation = p.explanation
"""
# Evidence about the caller is invisible to the caller's own run: what follows from it is left as it is.
_SUPERSEDE = """
update proposals o set state = 'superseded'
where o.school_id = $1 and o.state = 'open' and ($2::uuid is null or $2 <> all(o.withheld_from_staff_ids)) and not exists (
  select from pg_temp.proposed p where p.student_id = o.student_id and p.data_class = o.data_class and p.withheld = o.withheld_from_staff_ids
    and p.support_level = o.support_level and p.explanation = o.explanation)
"""
_OPEN = """
insert into proposals (school_id, id, run_id, student_id, category, data_class, support_level, state, explanation, created_at, withheld_from_staff_ids)
select $1, p.id, $2, p.student_id, p.category, p.data_class, p.support_level, 'open', p.explanation, now(), p.withheld from pg_temp.proposed p
where not exists (select from proposals o where o.school_id = $1 and o.state = 'open' and o.student_id = p.student_id and o.data_class = p.data_class)
"""


@dataclass(slots=True)
class Tally:
    """Students, proposed now and then, of one group."""

    students: int = 0
    now: int = 0
    then: int = 0


@dataclass(slots=True)
class PreviewResult:
    """The effect of thresholds: tallies by group, and the students whose proposal changes."""

    students: int = 0
    groups: dict[str, dict[object, Tally]] = field(default_factory=lambda: {"category": {}, "grade": {}, "class": {}, "sex": {}})
    changes: list[tuple[UUID, str, str | None, str | None]] = field(default_factory=list)
    changes_total: int = 0


async def preview_rules(
    database: Database, caller: Caller, year_id: UUID, in_force: Thresholds, tried: Thresholds, category: str | None
) -> PreviewResult:
    """Who would be proposed with other thresholds; only categories and students in the caller's reach count, and nothing is stored."""
    # Whoever is shown only results must not try thresholds until a family's income is known by where the line falls.
    scopes = {c: s for c in CLASSES if category in (None, CLASS_CATEGORY[c]) and (s := reason_scope(caller, c))}
    everybody = reduce(or_, scopes.values(), NOTHING)
    result = PreviewResult()
    if not scopes:
        return result
    async with database.connection(caller.context) as connection:
        async for batch in stream_facts(connection, caller.school_id, year_id, today(), everybody):
            for facts in batch:
                allowed = frozenset(c for c, s in scopes.items() if s.whole or s.covers(facts.class_id, facts.student_id))
                if allowed:
                    rules = rules_of(allowed)
                    before, after = by_category(propose(facts, in_force, rules)), by_category(propose(facts, tried, rules))
                    _tally(result, facts, before, after, {CLASS_CATEGORY[c] for c in allowed})
    return result


def _tally(result: PreviewResult, facts: Facts, before: dict[str, str], after: dict[str, str], allowed: set[str]) -> None:
    result.students += 1
    was, becomes = bool(before), bool(after)
    for group, key in (("grade", facts.grade), ("class", facts.class_id), ("sex", facts.sex)):
        tally = result.groups[group].setdefault(key, Tally())
        tally.students += 1
        tally.now += was
        tally.then += becomes
    for category in allowed:
        tally = result.groups["category"].setdefault(category, Tally())
        tally.students += 1
        tally.now += category in before
        tally.then += category in after
        if before.get(category) != after.get(category):
            result.changes_total += 1
            if len(result.changes) < MOST_CHANGES:
                result.changes.append((facts.student_id, category, before.get(category), after.get(category)))


async def assess_student(session: AsyncSession, caller: Caller, student: Student, classes: frozenset[str]) -> tuple[Assessment, Thresholds]:
    """Every rule of these classes for one student, from the facts of this moment."""
    facts, thresholds = await _known(session, caller, student)
    return assess(facts, thresholds, classes), thresholds


async def is_proposed(session: AsyncSession, caller: Caller, student: Student, data_class: str) -> bool:
    """Whether the rules in force propose this student in this class now."""
    facts, thresholds = await _known(session, caller, student)
    return data_class in propose(facts, thresholds, rules_of(frozenset({data_class})))


async def _known(session: AsyncSession, caller: Caller, student: Student) -> tuple[Facts, Thresholds]:
    rules = await cases.rules_in_force(session, caller.school_id)
    year = await year_of(session, caller.school_id)
    facts = await facts_of(session, caller.school_id, year.id, today(), student.id)
    empty = Facts(student.id, student.class_id, student.grade or 0, student.sex)
    return facts or empty, read_thresholds(rules.thresholds) if rules else DEFAULTS
