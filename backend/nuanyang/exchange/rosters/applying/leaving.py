"""Who was here and is not in the whole set any more: graduated, or to be looked for. Never closed silently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from nuanyang.exchange.rosters.applying.existing import Pupil, Seat
from nuanyang.exchange.rosters.applying.people import PeopleImport
from nuanyang.exchange.rosters.applying.tables import Writer
from nuanyang.exchange.rosters.applying.work import Work, fresh_id
from nuanyang.exchange.rosters.rules import END_REASONS, PRESENT, has_graduated, is_of_compulsory_age


def find_leavers(work: Work, people: PeopleImport, keys: Iterable[str], elsewhere: Mapping[str, str]) -> tuple[int, int]:
    """Of these keys, close those who graduated or are `elsewhere` (student → school), and list the others as 去向待核实.

    Answers how many others, of how many present before.
    """
    pupils = work.existing.pupils
    present = sum(pupil.status in PRESENT for pupil in pupils.values())
    gone: set[str] = set()
    for key in keys:
        student = work.existing.entities["student"][key]
        pupil = pupils.get(student)
        if student in people.seen or pupil is None or pupil.status not in PRESENT:
            continue
        # Without its fingerprint the row is read again, should the pupil reappear.
        work.remember("student", key, student, None)
        if student in gone:
            continue
        gone.add(student)
        work.count("student", "leaving")
        _leave(work, key, pupil, elsewhere.get(student))
    return len(work.missing), present


def _leave(work: Work, key: str, pupil: Pupil, school: str | None) -> None:
    room, seat = work.existing.rooms.get(pupil.class_id or ""), work.existing.seats.get(pupil.id)
    if has_graduated(room, work.existing.last_grade, work.newest_year_starts) and room is not None:
        close(work.writer, pupil.id, seat, "graduated", room.year_ends)
        work.count("student", "graduated")
        return
    check = work.today.isoformat(), pupil.class_id, is_of_compulsory_age(pupil.birth_on, pupil.grade, work.today)
    if school is not None:
        close(work.writer, pupil.id, seat, "transferred_out", work.today)
        work.writer.add("whereabouts_found", (fresh_id(), pupil.id, work.import_id, *check, "transferred_out", school))
        work.count("student", "transferred_out")
        return
    work.missing[key] = pupil.id
    work.writer.add("students_left", (pupil.id, "whereabouts_unverified", work.today.isoformat()))
    work.writer.add("whereabouts_checks", (fresh_id(), pupil.id, work.import_id, *check))
    work.count("student", "whereabouts_unverified")


def close(writer: Writer, student: str, seat: Seat | None, status: str, on: date) -> None:
    """A pupil has left: the record and the current enrolment end."""
    writer.add("students_left", (student, status, on.isoformat()))
    if seat is not None:
        writer.add("enrolments_ended", (seat.id, max(on, seat.starts_on).isoformat(), END_REASONS[status]))


SETTLE_RETURNED = """
update whereabouts_checks w set outcome = s.status, resolved_at = now(), note = 'roster'
from students s where w.school_id = $1::uuid and w.outcome is null and s.school_id = w.school_id and s.id = w.student_id
  and s.status in ('enrolled', 'suspended', 'graduated', 'transferred_out', 'dropped_out', 'deceased')"""

# Homeroom and subject teachers who have an account get the role of each class they hold, and lose it with the class.
GIVE_ROLES = """
insert into role_assignments (school_id, id, account_id, role, scope_kind, scope_id, valid_from, valid_to)
select cs.school_id, gen_random_uuid(), m.account_id, cs.role, 'class', cs.class_id, min(cs.valid_from), null
from class_staff cs join memberships m on m.school_id = cs.school_id and m.person_kind = 'staff' and m.person_id = cs.staff_id
where cs.school_id = $1::uuid and cs.valid_to is null and not exists (
  select 1 from role_assignments r where r.school_id = cs.school_id and r.account_id = m.account_id and r.role = cs.role
    and r.scope_kind = 'class' and r.scope_id = cs.class_id and r.valid_to is null)
group by cs.school_id, m.account_id, cs.role, cs.class_id"""
END_ROLES = """
update role_assignments r set valid_to = greatest(cs.ended, r.valid_from)
from (select c.class_id, c.role, m.account_id, max(c.valid_to) as ended, bool_or(c.valid_to is null) as is_current
      from class_staff c join memberships m on m.school_id = c.school_id and m.person_kind = 'staff' and m.person_id = c.staff_id
      where c.school_id = $1::uuid group by 1, 2, 3) cs
where r.school_id = $1::uuid and r.scope_kind = 'class' and r.valid_to is null and not cs.is_current
  and r.scope_id = cs.class_id and r.role = cs.role and r.account_id = cs.account_id"""
