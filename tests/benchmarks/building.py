"""Data at scale, straight into the tables as superuser: 20 schools, sorted by school, set-based; independent of the importer."""

# ruff: noqa: E501 - statements and lists of characters, one a line

from __future__ import annotations

import time
from datetime import date
from typing import Any
from uuid import UUID

from nuanyang.access.accounts.passwords import hash_password
from nuanyang.school.students.pinyin import reading

SCHOOLS = 20
PASSWORD = "bench-only-暖阳-2026"
KINDS = {
    name: number
    for number, name in enumerate(("school", "year", "class", "staff", "student", "guardian", "account", "exam", "subject", "term"), 1)
}
FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇区解查"
GIVEN = "浩宇轩梓豪俊杰博文睿泽皓航墨鸣佑懿煜城烨伟鹏涛炎彬鹤诚立思远熙涵志承恩嘉晨阳瑞霖佳乐奕辰沐景昊然星欣怡诗雨桐一琪语嫣若曦梦瑶雅静可馨紫晴芷依诺美琳欢萱婷妍彤晓雯书心悦婉清艺慧燕玉洁雪梅春红巧玲丽华秋菊小明国建平海"


def uid(kind: str, school: int, number: int = 0) -> UUID:
    """The id of a row of the bench: the same here and in SQL."""
    return UUID(f"{KINDS[kind]:08x}-{school:04x}-7000-8000-{number:012x}")


FUNCTIONS = """
create or replace function pg_temp.uid(kind int, school int, n int) returns uuid language sql immutable as
$$ select (lpad(to_hex(kind), 8, '0') || '-' || lpad(to_hex(school), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
create or replace function pg_temp.draw(seed int, salt int, k int) returns int language sql immutable as
$$ select 1 + (hashint4(seed + salt * 1000003) & 2147483647) % k $$;
"""

# {s} the school, {n} how many students, {c} how many classes; f, fp, g, gp are the characters of names and their readings.
TABLES = (
    """insert into classes (school_id, id, school_year_id, grade, number, name, cohort_year)
    select pg_temp.uid(1, {s}, 0), pg_temp.uid(3, {s}, i), pg_temp.uid(2, {s}, 0), 7 + (i - 1) * 3 / {c}, i, '(' || i || ')班', 2026 - (i - 1) * 3 / {c}
    from generate_series(1, {c}) i""",
    """insert into staff (school_id, id, name, pinyin, initials) select pg_temp.uid(1, {s}, 0), pg_temp.uid(4, {s}, i), '教师' || i, 'jiaoshi', 'js'
    from generate_series(0, {c}) i""",
    """insert into class_staff (school_id, id, class_id, staff_id, role, valid_from) select pg_temp.uid(1, {s}, 0), pg_temp.uid(4, {s}, i),
    pg_temp.uid(3, {s}, i), pg_temp.uid(4, {s}, i), 'homeroom_teacher', '2026-09-01' from generate_series(1, {c}) i""",
    """insert into students (school_id, id, name, pinyin, initials, sex, birth_on, student_number, class_id, grade, status, entered_on)
    select pg_temp.uid(1, {s}, 0), pg_temp.uid(5, {s}, i), ($1::text[])[a] || ($3::text[])[b] || coalesce(($3::text[])[d], ''), ($2::text[])[a] || ($4::text[])[b] || coalesce(($4::text[])[d], ''),
      left(($2::text[])[a], 1) || left(($4::text[])[b], 1) || left(coalesce(($4::text[])[d], ''), 1), case when i % 2 = 0 then 'male' else 'female' end, date '2012-09-01' + (i % 1000),
      '2026' || lpad(i::text, 6, '0'), pg_temp.uid(3, {s}, k), 7 + (k - 1) * 3 / {c}, case when i % 50 = 0 then 'graduated' else 'enrolled' end, '2024-09-01'
    from (select i, 1 + (i - 1) * {c} / {n} as k, pg_temp.draw(i, {s}, cardinality($1::text[])) as a, pg_temp.draw(i, {s} + 100, cardinality($3::text[])) as b,
      case when i % 7 > 0 then pg_temp.draw(i, {s} + 200, cardinality($3::text[])) end as d from generate_series(1, {n}) i) x""",
    """insert into enrolments (school_id, id, student_id, class_id, starts_on, start_reason) select school_id, id, id, class_id, '2026-09-01', 'promotion'
    from students where school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into guardians (school_id, id, name, sex, phone) select pg_temp.uid(1, {s}, 0), pg_temp.uid(6, {s}, i), '家长' || i, 'female',
    '138' || lpad(i::text, 8, '0') from generate_series(1, {n}) i""",
    """insert into student_guardians (school_id, id, student_id, guardian_id, relation, is_guardian) select pg_temp.uid(1, {s}, 0), pg_temp.uid(6, {s}, i),
    pg_temp.uid(5, {s}, i), pg_temp.uid(6, {s}, i), 'mother', true from generate_series(1, {n}) i""",
    """insert into student_contacts (school_id, id, phone, address) select school_id, id, '139' || right(student_number, 8), '阳光路' || right(student_number, 3) || '号'
    from students where school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into student_identities (school_id, id, identity_kind, identity_index, identity_tail, registration_index, registration_tail, registration_kind)
    select school_id, id, 'resident_id', decode(md5(id::text), 'hex'), '19', decode(md5('r' || id), 'hex'), '19', 'G'
    from students where school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into student_families (school_id, id, left_behind, single_parent, only_child, source, recorded_on) select school_id, id,
    (hashtext(id::text) & 15) / 7, hashtext(id::text) & 15 = 3, true, 'roster', '2026-09-01' from students where school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into student_economies (school_id, id, needs_aid, receives_subsidy, special_groups, source, recorded_on) select school_id, id,
    hashtext(id::text) & 15 = 1, false, case when hashtext(id::text) & 15 = 1 then 'minimum_living_allowance' end, 'roster', '2026-09-01'
    from students where school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into student_healths (school_id, id, health_status, source, recorded_on) select school_id, id, 'healthy', 'roster', '2026-09-01'
    from students where school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into student_records (school_id, id, ethnicity, nationality, boarding) select school_id, id, '汉族', '中国', 'day'
    from students where school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into exams (school_id, id, term_id, grade, kind, name, held_on) select pg_temp.uid(1, {s}, 0), pg_temp.uid(8, {s}, g * 10 + e),
    pg_temp.uid(10, {s}, 1), g, 'monthly', '月考' || e, date '2026-09-20' + e * 25 from generate_series(7, 9) g, generate_series(1, 2) e""",
    """insert into exam_subjects (school_id, id, exam_id, subject, full_marks) select x.school_id, pg_temp.uid(9, {s}, x.grade * 100 + right(x.name, 1)::int * 10 + b),
    x.id, (array['语文', '数学', '英语'])[b], 120 from exams x, generate_series(1, 3) b where x.school_id = pg_temp.uid(1, {s}, 0)""",
    """insert into results (school_id, id, exam_id, exam_subject_id, student_id, class_id, status, score, band, entered_at)
    select s.school_id, pg_temp.uid(5 + b * 16 + e * 256, {s}, s.n), pg_temp.uid(8, {s}, s.grade * 10 + e), pg_temp.uid(9, {s}, s.grade * 100 + e * 10 + b),
      s.id, s.class_id, 'present', 40 + pg_temp.draw(s.n, b * 7 + e, 80), 1 + pg_temp.draw(s.n, b * 7 + e, 80) / 17, '2026-11-01'
    from (select school_id, id, class_id, grade, right(student_number, 6)::int as n from students where school_id = pg_temp.uid(1, {s}, 0) and status = 'enrolled') s,
      generate_series(1, 2) e, generate_series(1, 3) b""",
    """insert into attendance_summaries (school_id, id, student_id, term_id, starts_on, ends_on, school_days, truancy, sick_leave, personal_leave, late, entered_at)
    select school_id, id, id, pg_temp.uid(10, {s}, 1), '2026-09-01', '2026-10-31', 40, (hashtext(id::text) & 31) / 30, 1, 0, 1, '2026-11-01'
    from students where school_id = pg_temp.uid(1, {s}, 0) and status = 'enrolled'""",
    # One in five is supported, with five entries on the time line.
    """with r as (insert into recognitions (school_id, id, student_id, school_year_id, category, support_level, data_class, entered_by, state, is_exception, recognised_on, valid_to,
      class_by, grade_by, school_by)
    select school_id, pg_temp.uid(11 + c, {s}, n), id, pg_temp.uid(2, {s}, 0), 'C' || c, case when n % 10 = 0 then 'key' else 'general' end,
      (array['economic', 'academic', 'health', 'family'])[c], pg_temp.uid(7, {s}, 1), 'recognised', false, '2026-10-01', '2027-08-31',
      pg_temp.uid(7, {s}, 2), pg_temp.uid(7, {s}, 3), pg_temp.uid(7, {s}, 4)
    from (select school_id, id, right(student_number, 6)::int as n from students where school_id = pg_temp.uid(1, {s}, 0) and status = 'enrolled') s,
      lateral (select 1 + n % 4 as c union select 1 + n / 5 % 4) k where n % 5 = 1 returning *)
    insert into recognition_steps (school_id, id, recognition_id, entered_by, step, outcome, reason, round, decided_at, decided_by)
    select school_id, gen_random_uuid(), id, entered_by, d.step, 'agree', '情况属实', 1, '2026-10-01', d.account
    from r, lateral (values ('class', class_by), ('grade', grade_by), ('school', school_by)) d (step, account)""",
    """insert into dossiers (school_id, id, student_id, number, data_class, opened_on) select school_id, id, student_id, right(id::text, 12), data_class, '2026-10-01'
    from (select distinct on (student_id) * from recognitions where school_id = pg_temp.uid(1, {s}, 0) order by student_id, category) r""",
    """insert into timeline_entries (school_id, id, student_id, happened_at, kind, data_class, details) select school_id, md5(student_id::text || i)::uuid, student_id, timestamptz '2026-10-01' + i * interval '7 days', 'recognition_step', data_class, '{{"step": "class"}}'
    from dossiers, generate_series(1, 5) i where school_id = pg_temp.uid(1, {s}, 0)""",
)

# What a trigger fills in, had it not been put to sleep for the building.
BEHIND_WALLS = (
    "update needs t set wall_student = a.student_id from support_plans a where a.school_id = t.school_id and a.id = t.plan_id",
    "update goals t set wall_student = a.wall_student, wall_class = a.data_class from needs a where a.school_id = t.school_id and a.id = t.need_id",
    "update plan_measures t set wall_student = a.wall_student, wall_class = a.wall_class from goals a where a.school_id = t.school_id and a.id = t.goal_id",
    "update recognition_steps t set wall_student = a.student_id, wall_class = a.data_class from recognitions a where a.school_id = t.school_id and a.id = t.recognition_id",
)


async def build(connection: Any, students: int) -> float:
    """Fill an empty, migrated database; returns the seconds it took."""
    begun = time.perf_counter()
    per_school = students // SCHOOLS
    families, givens = [reading(f + "一")[0].removesuffix("yi") for f in FAMILIES], [reading(g)[0] for g in GIVEN]
    password_hash = await hash_password(PASSWORD)
    # The rows fit each other by construction; checking each key would take most of the time.
    await connection.execute("set session_replication_role = replica")
    await connection.execute(FUNCTIONS)
    for school in range(1, SCHOOLS + 1):
        async with connection.transaction():
            await _school(connection, school, password_hash)
            for table in TABLES:
                text = table.format(s=school, n=per_school, c=max(3, per_school // 48))
                arguments = (list(FAMILIES), families, list(GIVEN), givens) if "$1" in table else ()
                await connection.execute(text, *arguments)
    for update in BEHIND_WALLS:
        await connection.execute(update)
    await connection.execute("vacuum analyze")
    return time.perf_counter() - begun


async def _school(connection: Any, school: int, password_hash: str) -> None:
    school_id, year_id, account_id, staff_id = uid("school", school), uid("year", school), uid("account", school, 1), uid("staff", school)
    await connection.execute(
        "insert into schools (id, name, code, first_grade, last_grade, primary_years, second_factor, created_at) values ($1, $2, $3, 7, 9, 6, 'off', now())",
        school_id, f"基准学校{school}", f"bench{school:05d}",
    )  # fmt: skip
    await connection.execute(
        "insert into school_years (school_id, id, name, starts_on, ends_on) values ($1, $2, '2026-2027', $3, $4)",
        school_id,
        year_id,
        date(2026, 9, 1),
        date(2027, 8, 31),
    )
    await connection.execute(
        "insert into terms (school_id, id, school_year_id, number, name, starts_on, ends_on) values ($1, $2, $3, 1, '第一学期', $4, $5)",
        school_id, uid("term", school, 1), year_id, date(2026, 9, 1), date(2027, 1, 31),
    )  # fmt: skip
    await connection.execute(
        "insert into accounts (id, username, display_name, password_hash, must_change_password, session_version, is_district_admin, created_at)"
        " values ($1, $2, '校长', $3, false, 1, false, now())",
        account_id, f"bench{school}", password_hash,
    )  # fmt: skip
    await connection.execute(
        "insert into memberships (school_id, id, account_id, person_kind, person_id) values ($1, $2, $2, 'staff', $3)",
        school_id,
        account_id,
        staff_id,
    )
    await connection.execute(
        "insert into role_assignments (school_id, id, account_id, role, scope_kind, valid_from) values ($1, $2, $2, 'principal', 'school', '2026-09-01')",
        school_id, account_id,
    )  # fmt: skip
