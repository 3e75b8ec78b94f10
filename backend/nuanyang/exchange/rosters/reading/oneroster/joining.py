"""The joins that people need, done on disk once everything is loaded: who is what in which school, and who sits in which class."""

from __future__ import annotations

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.loading import Loaded
from nuanyang.exchange.rosters.reading.oneroster.structure import Cells, Structure
from nuanyang.exchange.rosters.reading.records import Before

MANY = 20_000


def roles_from_users(loaded: Loaded) -> None:
    """1.1 says role and orgs in users.csv: make the rows that 1.2 has in roles.csv."""
    columns = loaded.columns["users"]
    found = loaded.database.execute("select id, line, status, row from users")

    def made() -> list[tuple[str | int, ...]]:
        rows: list[tuple[str | int, ...]] = []
        for key, line, status, row in found:
            cells = Cells(columns, row)
            for place, org in enumerate(cells["orgSourcedIds"].split(",")):
                rows.append(
                    (f"{key}:{place}", line, status, key, "primary" if place == 0 else "secondary", cells["role"], org.strip(), "", "")
                )
        return rows

    loaded.database.execute("begin")
    loaded.database.executemany("insert into roles values (?, ?, ?, ?, ?, ?, ?, ?, ?)", made())
    loaded.database.execute("commit")
    loaded.columns["roles"] = {"sourcedId": 0}


def join_people(loaded: Loaded, structure: Structure, findings: Findings, today: str, before: Before | None = None) -> None:
    """Make `members` (person, school, kind) and `seats` (student, school, class; the present one has rank 1)."""
    database = loaded.database
    database.execute("create table org_school (org text primary key, school text) without rowid")
    database.executemany("insert into org_school values (?, ?)", structure.school_of.items())
    _end_roles(loaded, today)
    database.execute(
        """create table members as
            select r."userSourcedId" as user, o.school as school,
                   case when r.role = 'student' then 's' when r.role in ('guardian', 'parent', 'relative') then 'g' else 't' end as kind
            from roles r join org_school o on o.org = r."orgSourcedId" where r.status <> 'tobedeleted' group by 1, 2, 3"""
    )
    database.execute("create table known (user text, school text, kind text)")
    if before is not None:
        database.executemany("insert into known values (?, ?, ?)", before.people)
        database.execute("create index ix_known on known (user)")
        # A delta may change a person without saying again what he is.
        database.execute(
            """insert into members select k.user, k.school, k.kind from known k
               where not exists (select 1 from roles r where r."userSourcedId" = k.user)"""
        )
    database.execute("create index ix_members on members (school, kind, user)")
    database.execute("create index ix_members_staff on members (user) where kind = 't'")
    _place(loaded, structure, findings, today)


def _end_roles(loaded: Loaded, today: str) -> None:
    """A role that ended before today is as good as withdrawn."""
    loaded.database.execute("""update roles set status = 'tobedeleted' where "endDate" <> '' and "endDate" < ?""", (today,))


def first_end(loaded: Loaded, today: str) -> str:
    """The first day, from today on, on which a role or an enrolment ends; empty when none does."""
    ends = [
        loaded.database.execute(f"""select min("endDate") from "{name}" where "endDate" >= ?""", (today,)).fetchone()[0]  # noqa: S608
        for name in ("roles", "enrollments")
    ]
    return min((end for end in ends if end), default="")


def _place(loaded: Loaded, structure: Structure, findings: Findings, today: str) -> None:
    database = loaded.database
    database.execute("create table homes (class text primary key, school text, year text) without rowid")
    homes = (
        (group.key, group.school, structure.years[group.record.school_year_key].record.starts_on)
        for group in structure.classes.values()
        if group.is_homeroom and group.record is not None and not group.gone
    )
    database.executemany("insert into homes values (?, ?, ?)", homes)
    database.execute(
        """create table seats as
           select e."userSourcedId" as user, h.school as school, h.class as class, h.year as year, e."beginDate" as starts, e.line as line,
                  row_number() over w as rank, lead(h.year) over w = h.year and lead(h.class) over w <> h.class as again
           from enrollments e join homes h on h.class = e."classSourcedId"
           where e.role = 'student' and e.status <> 'tobedeleted' and (e."endDate" = '' or e."endDate" >= ? or h.year < ?)
           window w as (partition by e."userSourcedId", h.school
                        order by h.year desc, e."primary" = 'true' desc, e."beginDate" desc, e.line)""",
        (today, max((year for (year,) in database.execute("select year from homes")), default="")),
    )
    database.execute("create index ix_seats on seats (user, school, rank)")
    if not loaded.bulk.get("enrollments", True):
        database.execute(
            """create table over as select "userSourcedId" as user, "classSourcedId" as class, role, "primary" as leads, line,
               "metadata.cn.subject" as subject from enrollments
               where status = 'tobedeleted' or ("endDate" <> '' and "endDate" < ?)""",
            (today,),
        )
    for line, user, taken in database.execute(
        "select line, user, class from seats where again and rank = 1 order by line limit ?", (MANY,)
    ):
        findings.add("two_homerooms", "enrollments.csv", line, "userSourcedId", user, "warning", taken=taken)


def tell_roleless(loaded: Loaded, findings: Findings) -> None:
    """People of a bulk set whom no role and no child leads to any school."""
    found = loaded.database.execute(
        """select u.line, u.id from users u where u.status <> 'tobedeleted'
           and not exists (select 1 from roles r where r."userSourcedId" = u.id)
           and not exists (select 1 from agents a where a.agent = u.id) order by u.line limit ?""",
        (MANY,),
    )
    for line, user in found:
        findings.add("no_role", "users.csv", line, "sourcedId", user, "warning")
