"""What a delta says about known people without a row of users.csv: demographics, roles and enrolments that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.loading import Loaded
from nuanyang.exchange.rosters.reading.oneroster.structure import Cells, Structure
from nuanyang.exchange.rosters.reading.records import About, ClassStaff, Item, Seat, item, withdrawn

MANY = 20_000
_KINDS = {"s": "student", "t": "staff", "g": "guardian"}
_SEATS = """
select s.user, s.line, s.class, s.starts from seats s
where s.school = ? and s.rank = 1 and not exists (select 1 from users u where u.id = s.user) order by s.user"""
_SEATS_OVER = """
select o.user, o.line, o.class from over o
where o.role = 'student' and not exists (select 1 from seats s where s.user = o.user and s.school = ? and s.rank = 1) order by o.line"""
_POSTS_OVER = "select o.user, o.line, o.class, o.leads, o.subject from over o where o.role not in ('student', 'proctor') order by o.line"
_ABOUT = """
select d.id, d.line, d.row, k.kind from demographics d join known k on k.user = d.id
where k.school = ? and d.status <> 'tobedeleted' and not exists (select 1 from users u where u.id = d.id) order by d.line"""
# Whoever has no role left in a school has left it; of staff only the primary role says so, for what others they have is not known.
_LEFT = """
select r."userSourcedId", min(r.line), k.kind from roles r
join org_school o on o.org = r."orgSourcedId" join known k on k.user = r."userSourcedId" and k.school = o.school
where o.school = ? and r.status = 'tobedeleted'
and case k.kind when 's' then r.role = 'student' when 'g' then r.role in ('guardian', 'parent', 'relative')
    else r."roleType" = 'primary' and r.role not in ('student', 'guardian', 'parent', 'relative') end
and not exists (select 1 from roles q join org_school p on p.org = q."orgSourcedId"
    where q."userSourcedId" = r."userSourcedId" and p.school = o.school and q.status <> 'tobedeleted')
group by 1, 3 order by 2"""
_STRANGERS = """
select line, {user} from "{file}" f where {also} not exists (select 1 from users u where u.id = f.{user})
and not exists (select 1 from known k where k.user = f.{user}) order by line limit {many}"""
# A role in another school does not bring the person there.
_ELSEWHERE = """
select r.line, r."userSourcedId" from roles r join org_school o on o.org = r."orgSourcedId"
where r.status <> 'tobedeleted' and not exists (select 1 from users u where u.id = r."userSourcedId")
and exists (select 1 from known k where k.user = r."userSourcedId")
and not exists (select 1 from known k where k.user = r."userSourcedId" and k.school = o.school)
and not exists (select 1 from seats s where s.user = r."userSourcedId" and s.school = o.school) order by r.line limit ?"""
_LOST = """
select line, "classSourcedId" from enrollments where status <> 'tobedeleted' order by line"""


class Alone:
    """Reads the rows of a delta that need nothing else to be understood."""

    def __init__(self, loaded: Loaded, structure: Structure) -> None:
        self._run, self._structure = loaded.database.execute, structure
        self._demographics = loaded.columns.get("demographics", {})
        self._ends = not loaded.bulk.get("enrollments", True)

    def posts_over(self, school: str) -> Iterator[Item]:
        """Who no longer leads or teaches a class."""
        for user, line, class_key, leads, said in self._run(_POSTS_OVER) if self._ends else ():
            group = self._structure.classes.get(class_key)
            home = None if group is None else class_key if group.is_homeroom else group.home_class
            if group is None or home is None or group.school != school:
                continue
            subject = said or (None if group.is_homeroom else group.subject)
            is_leader = group.is_homeroom and leads == "true"
            posts: list[tuple[str, str | None]] = [("homeroom_teacher", None)] if is_leader else []
            if subject or not is_leader:
                posts.append(("subject_teacher", subject))
            for role, of in posts:
                yield item(school, "post_end", f"{home}|{user}", "enrollments.csv", line, ClassStaff(home, user, role, of))

    def people(self, school: str) -> Iterator[Item]:
        """New seats, ended seats, demographics, and who has no role here any more."""
        for key, line, class_key, starts in self._run(_SEATS, (school,)):
            yield item(school, "seat", key, "enrollments.csv", line, Seat(class_key, starts or None))
        for key, line, class_key in self._run(_SEATS_OVER, (school,)) if self._ends else ():
            group = self._structure.classes.get(class_key)
            if group is not None and group.school == school and group.is_homeroom:
                yield item(school, "seat_end", key, "enrollments.csv", line, Seat(class_key, None))
        for key, line, row, kind in self._run(_ABOUT, (school,)):
            cells = Cells(self._demographics, row)
            record = About(_KINDS[kind], cells["birthDate"] or None, cells["sex"] if cells["sex"] in {"male", "female"} else None)
            yield item(school, "about", key, "demographics.csv", line, record)
        for key, line, kind in self._run(_LEFT, (school,)):
            yield withdrawn(school, _KINDS[kind], key, "roles.csv", line)


def tell_strangers(loaded: Loaded, structure: Structure, findings: Findings) -> None:
    """Rows about people whom neither this delta nor an earlier file brought, and enrolments in classes nobody knows: not taken."""
    for file, user, also in (
        ("demographics", "id", ""),
        ("roles", '"userSourcedId"', "status <> 'tobedeleted' and"),
        ("enrollments", '"userSourcedId"', "role <> 'student' and status <> 'tobedeleted' and"),
    ):
        column = "sourcedId" if user == "id" else "userSourcedId"
        for line, key in loaded.database.execute(_STRANGERS.format(file=file, user=user, also=also, many=MANY)):
            findings.add("not_alone", f"{file}.csv", line, column, key, "warning")
    for line, key in loaded.database.execute(_ELSEWHERE, (MANY,)):
        findings.add("role_elsewhere", "roles.csv", line, "userSourcedId", key, "warning")
    if loaded.bulk.get("enrollments", True):
        return
    for line, key in loaded.database.execute(_LOST):
        if key not in structure.classes:
            findings.add("class_not_known", "enrollments.csv", line, "classSourcedId", key, "warning")
