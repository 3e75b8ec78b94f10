"""One student, the classes and the school years: one statement each."""

# ruff: noqa: S608 - put together from our own words; what callers send are arguments

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import recorded, seen
from nuanyang.access.permissions import Scope
from nuanyang.oversight.students.policy import Sight
from nuanyang.oversight.students.repository.parts import BASIC, CASES, YEAR, joined
from nuanyang.school.support_needs.standing import IN_FORCE


def _whole(fields: str, table: str) -> str:
    """A class object from its own table: whole even when the roster brought no row."""
    return f"(select json_build_object({fields}) from (select) one left join {table} x on x.school_id = $1 and x.id = s.id)"


_RECORD = """json_build_object('entered_on', s.entered_on, 'ethnicity', x.ethnicity, 'nationality', x.nationality, 'birthplace', x.birthplace,
    'native_place', x.native_place, 'household_kind', x.household_kind, 'boarding', x.boarding, 'entry_kind', x.entry_kind, 'source_kind', x.source_kind)"""
# jsonb's || would sort the keys; these two are objects of our own making, so the seam is a comma.
FULL_BASIC = f"""(select rtrim({BASIC}::text, '}}') || ',' || ltrim({_RECORD}::text, '{{') from (select) one
    left join student_records x on x.school_id = $1 and x.id = s.id)"""
CONTACT = _whole(
    """'phone', x.phone, 'address', x.address, 'household_address', x.household_address, 'mailing_address', x.mailing_address,
    'commute_km', x.commute_km, 'commute_by', x.commute_by, 'guardians', coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name,
        'relation', sg.relation, 'relation_note', sg.relation_note, 'phone', case when sg.may_contact then g.phone end, 'is_guardian', sg.is_guardian,
        'may_contact', sg.may_contact, 'employer', g.employer, 'occupation', g.occupation) order by sg.priority, sg.id)
        from student_guardians sg join guardians g on g.school_id = $1 and g.id = sg.guardian_id where sg.school_id = $1 and sg.student_id = s.id
        and sg.ended_on is null), '[]')""",
    "student_contacts",
)
IDENTITY = _whole(
    "'identity_kind', x.identity_kind, 'identity_tail', x.identity_tail, 'registration_kind', x.registration_kind, 'registration_tail', x.registration_tail",
    "student_identities",
)
FAMILY = _whole(
    """'left_behind', x.left_behind, 'single_parent', x.single_parent, 'raised_by_grandparents', x.raised_by_grandparents,
    'migrant_child', x.migrant_child, 'only_child', x.only_child, 'orphan', x.orphan, 'source', x.source, 'recorded_on', x.recorded_on""",
    "student_families",
)
ECONOMIC = _whole(
    """'needs_aid', x.needs_aid, 'receives_subsidy', x.receives_subsidy, 'martyr_family', x.martyr_family,
    'special_groups', coalesce(string_to_array(x.special_groups, ','), '{}'), 'source', x.source, 'recorded_on', x.recorded_on""",
    "student_economies",
)
HEALTH = _whole(
    "'health_status', x.health_status, 'disability', x.disability, 'inclusive_placement', x.inclusive_placement, 'source', x.source, 'recorded_on', x.recorded_on",
    "student_healths",
)
ACADEMIC = """json_build_object('latest_exam', (select json_build_object('id', e.id, 'name', e.name, 'kind', e.kind, 'held_on', e.held_on, 'results', (
        select json_agg(json_build_object('subject', t.subject, 'status', q.status, 'score', q.score, 'full_marks', t.full_marks, 'level', q.result_level,
            'band', q.band) order by t.subject)
        from results q join exam_subjects t on t.school_id = $1 and t.id = q.exam_subject_id
        where q.school_id = $1 and q.student_id = s.id and q.exam_id = e.id))
    from exams e where e.school_id = $1 and e.id in (select q.exam_id from results q where q.school_id = $1 and q.student_id = s.id)
    order by e.held_on desc, e.id desc limit 1),
  'attendance', (select json_build_object('starts_on', a.starts_on, 'ends_on', a.ends_on, 'school_days', a.school_days, 'truancy', a.truancy,
        'sick_leave', a.sick_leave, 'personal_leave', a.personal_leave, 'late', a.late)
    from attendance_summaries a where a.school_id = $1 and a.student_id = s.id order by a.ends_on desc, a.id limit 1))"""
_PARTS = (
    ("contact", CONTACT),
    ("identity", IDENTITY),
    ("academic", ACADEMIC),
    ("economic", ECONOMIC),
    ("family", FAMILY),
    ("health", HEALTH),
    ("support_needs", IN_FORCE),
)


def one(sight: Sight, school_id: UUID, student_id: UUID, day: date, ground: Sequence[str]) -> tuple[str, list[object]]:
    """Return the statement and arguments that answer `version newline body`, or nothing."""
    number = len(sight.arguments) + 2
    predicates = tuple(sight.classes[name] for name, _ in _PARTS)
    text = _one(sight.where, predicates, sight.cases, sight.case_classes, sight.hidden, number)
    told = [list(ground)] if _shown(predicates, sight.case_classes) else []
    return text, [school_id, *sight.arguments, student_id, *([day] if sight.cases else []), *told]


def _shown(predicates: tuple[str, ...], case_classes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The classes of which the reading is recorded, each with the predicate under which it is shown."""
    named = {name: predicate for (name, _), predicate in zip(_PARTS, predicates, strict=True) if predicate != "false"}
    named |= dict.fromkeys(case_classes, "true")
    return tuple((name, named[name]) for name in recorded(named))


@lru_cache(maxsize=200)
def _one(where: str, predicates: tuple[str, ...], cases: str | None, case_classes: tuple[str, ...], hidden: str, number: int) -> str:
    parts = [(predicate, name, body) for predicate, (name, body) in zip(predicates, _PARTS, strict=True)]
    parts.append(("true" if cases else "false", "cases", CASES.format(visible=cases)))
    tables = [f"year as materialized ({YEAR.format(day=f'${number + 1}')})"] if cases else []
    tables.append(f"s as materialized (select * from students s where s.school_id = $1 and s.id = ${number} and {where})")
    if shown := _shown(predicates, case_classes):
        said = [f"'{name}'" if predicate == "true" else f"case when {predicate} then '{name}' end" for name, predicate in shown]
        classes = f"array_remove(array[{', '.join(said)}], null)"
        tables.append(seen("students_read", classes, "s", student="s.id", ground=f"${number + 1 + bool(cases)}"))
    return f"with {', '.join(tables)} select s.version || E'\\n' || {joined(FULL_BASIC, *parts, hidden)} from s"


YEARS = """
select json_build_object('items', coalesce(json_agg(json_build_object('id', y.id, 'name', y.name, 'starts_on', y.starts_on, 'ends_on', y.ends_on,
    'is_current', y.starts_on <= $2 and y.ends_on >= $2, 'terms', (
        select coalesce(json_agg(json_build_object('id', t.id, 'number', t.number, 'name', t.name, 'starts_on', t.starts_on, 'ends_on', t.ends_on,
            'is_current', t.starts_on <= $2 and t.ends_on >= $2) order by t.number), '[]')
        from terms t where t.school_id = $1 and t.school_year_id = y.id and t.withdrawn_on is null)) order by y.starts_on desc), '[]'))::text
from school_years y where y.school_id = $1
"""

_CLASSES = """
select json_build_object('school_year', (select json_build_object('id', y.id, 'name', y.name) from school_years y where y.school_id = $1 and y.id = ({year})),
  'items', coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'grade', c.grade, 'number', c.number, 'cohort_year', c.cohort_year,
    'homeroom_teacher', (select t.name from class_staff k join staff t on t.school_id = $1 and t.id = k.staff_id
        where k.school_id = $1 and k.class_id = c.id and k.role = 'homeroom_teacher' and k.valid_to is null limit 1))
    order by c.grade, c.number, c.name), '[]'))::text
from classes c where c.school_id = $1 and c.closed_on is null and c.school_year_id = ({year}) and {where}
"""


def classes(caller: Caller, scope: Scope, day: date, school_year_id: UUID | None) -> tuple[str, list[object]]:
    """Return the statement and arguments of the classes in scope of one school year, by default the present one."""
    arguments: list[object] = [caller.school_id, school_year_id or day]
    year = "select $2::uuid" if school_year_id else YEAR.format(day="$2")
    if scope.whole:
        return _CLASSES.format(year=year, where="true"), arguments
    where = "(c.id = any($3) or c.id in (select s.class_id from students s where s.school_id = $1 and s.id = any($4)))"
    return _CLASSES.format(year=year, where=where), [*arguments, scope.classes or [], scope.students]
