"""One row a student with all the rules look at, computed set-based; streamed, so memory stays flat for any school."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.permissions import Scope
from nuanyang.access.walls import beyond, past
from nuanyang.casework.recognition.rules import EvidenceFact, ExamFact, Facts

# Exams older than this say nothing about today.
EXAM_MEMORY = timedelta(days=550)
BATCH = 2_000

# $1 school, $2 school year, $3 oldest exam day, $4 classes (null: all), $5 single students; `{peers}` and `{only}` narrow it to one student.
# A student's share is over the subjects they sat: absent, deferred and exempt ones are left out, never 0. `position` is the share of the
# class with no higher mark, so a tie counts for all who tie. A complaint about a member of staff is a matter of protection whatever its kind:
# as one of another kind it makes no proposal, which others than those who keep protection would see.
FACTS = """
with standing as (
  select r.student_id, r.exam_id, e.held_on, r.class_id, sum(r.score) / sum(x.full_marks) as share
  from exams e
  join exam_subjects x on x.school_id = e.school_id and x.exam_id = e.id
  join results r on r.school_id = x.school_id and r.exam_subject_id = x.id
  where e.school_id = $1 and e.held_on >= $3 and e.kind in ('midterm', 'final', 'monthly') and x.full_marks is not null
    and r.status = 'present' and r.score is not null {peers}
  group by r.student_id, r.exam_id, e.held_on, r.class_id
), placed as (
  select student_id, share, cume_dist() over (partition by exam_id, class_id order by share) as position,
         row_number() over (partition by student_id order by held_on desc, exam_id) as back
  from standing
), marks as (
  select student_id, array_agg(position::float8 order by back) as positions, array_agg(share::float8 order by back) as shares
  from placed where back <= 6 group by student_id
), away as (
  select a.student_id, sum(a.truancy)::float8 as truancy, sum(a.late)::int as late, sum(coalesce(a.school_days, 0))::int as school_days
  from attendance_summaries a join terms t on t.school_id = a.school_id and t.id = a.term_id
  where a.school_id = $1 and t.school_year_id = $2 {only} group by a.student_id
), told as (
  select v.student_id, array_agg(v.kind order by v.id) as kinds, array_agg(v.source order by v.id) as sources, array_agg(v.observed_on order by v.id) as days,
         array_agg(v.id order by v.id) as ids, array_agg(v.about_staff_id order by v.id) as abouts,
         array_agg(case when v.facts ? 'income_per_head' then (v.facts ->> 'income_per_head')::numeric::int end order by v.id) as incomes
  from evidence v where v.school_id = $1 and v.school_year_id = $2 and v.withdrawn_at is null {only}
    and (v.data_class <> 'protection' or v.kind in ('bullied', 'neglect')) group by v.student_id
)
select s.id, s.class_id, s.grade, s.sex, m.positions, m.shares, w.truancy, w.late, w.school_days,
       v.kinds, v.sources, v.days, v.ids, v.abouts, v.incomes, ec.special_groups,
       coalesce(h.disability, 'none') <> 'none' or h.health_status = 'disabled' as has_disability,
       coalesce(f.left_behind > 0, false) or coalesce(f.single_parent, false) or coalesce(f.raised_by_grandparents, false) as lives_apart
from students s
left join marks m on m.student_id = s.id
left join away w on w.student_id = s.id
left join told v on v.student_id = s.id
left join student_economies ec on ec.school_id = s.school_id and ec.id = s.id
left join student_healths h on h.school_id = s.school_id and h.id = s.id
left join student_families f on f.school_id = s.school_id and f.id = s.id
where s.school_id = $1 and s.status in ('enrolled', 'suspended') and ($4::uuid[] is null or s.class_id = any($4) or s.id = any($5))
"""
EVERYBODY = FACTS.replace("{peers}", "").replace("{only}", "")
# A position needs the marks of those who sat the same exam in the same class, and nobody else's.
_OWN = "array(select o.{0} from results o where o.school_id = $1 and o.student_id = $6)"
_PEERS = f"and e.id = any({_OWN.format('exam_id')}) and (r.class_id = any({_OWN.format('class_id')}) or r.student_id = $6)"
ONE = FACTS.replace("{peers}", _PEERS).replace("{only}", "and student_id = $6") + " and s.id = $6"


async def stream_facts(connection: Any, school_id: UUID, school_year_id: UUID, day: date, scope: Scope) -> AsyncIterator[list[Facts]]:
    """Facts of all students in the scope, in batches. `connection` is a driver connection inside the caller's transaction."""
    # Estimates are useless for the aggregates over aggregates here; nested loops over them would be quadratic.
    await connection.execute(f"SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'; {past('rules')}")
    cursor = await connection.cursor(EVERYBODY, school_id, school_year_id, day - EXAM_MEMORY, scope.classes, scope.students)
    while rows := await cursor.fetch(BATCH):
        yield [_facts(row) for row in rows]


async def facts_of(session: AsyncSession, school_id: UUID, school_year_id: UUID, day: date, student_id: UUID) -> Facts | None:
    """Facts of one student, in the session's own transaction: a second connection beside it could wait for itself."""
    arguments: tuple[object, ...] = (school_id, school_year_id, day - EXAM_MEMORY, None, [], student_id)
    async with beyond(session, "rules"):  # rules look at all that is known; who decides sees of it what is theirs
        connection = await session.connection()
        row = (await connection.exec_driver_sql(ONE, arguments)).one_or_none()
    return _facts(row) if row else None


_EMPTY: frozenset[str] = frozenset()


def _facts(row: Any) -> Facts:
    (
        student_id,
        class_id,
        grade,
        sex,
        positions,
        shares,
        truancy,
        late,
        days,
        kinds,
        sources,
        observed,
        ids,
        abouts,
        incomes,
        groups,
        disabled,
        apart,
    ) = row
    exams = tuple(map(ExamFact, positions, shares)) if positions else ()
    evidence: tuple[EvidenceFact, ...] = ()
    income = None
    if kinds:
        evidence = tuple(map(EvidenceFact, kinds, sources, observed, ids, abouts, incomes))
        # The newest word about the income counts.
        income = max(((e.observed_on, e.income_per_head) for e in evidence if e.income_per_head is not None), default=(None, None))[1]
    return Facts(
        student_id,
        class_id,
        grade or 0,
        sex,
        exams,
        truancy or 0.0,
        late or 0,
        days or 0,
        evidence,
        frozenset(kinds) if kinds else _EMPTY,
        frozenset(groups.split(",")) if groups else _EMPTY,
        disabled,
        apart,
        income,
    )
