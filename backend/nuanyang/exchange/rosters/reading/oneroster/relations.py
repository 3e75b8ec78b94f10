"""What holds between rows: identifiers are unique, references lead somewhere, nobody is his own parent."""

from __future__ import annotations

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.layouts import REFERENCES
from nuanyang.exchange.rosters.reading.oneroster.loading import Loaded

_LISTS = {"termSourcedIds", "agentSourcedIds", "orgSourcedIds"}
MANY = 20_000  # beyond so many of one kind the rest is only counted


def index(loaded: Loaded) -> None:
    """Indexes and the exploded lists, made once everything is loaded (faster than while loading)."""
    run = loaded.database.execute
    for name in loaded.columns:
        if name in REFERENCES:
            run(f'create index "ix_{name}" on "{name}" (id, line)')
    run('create index ix_roles_user on roles ("userSourcedId")')
    run('create index ix_enrollments_user on enrollments ("userSourcedId")')
    run("create table agents (user text, agent text, position integer, line integer)")
    run("begin")
    pairs = (
        (user, agent.strip(), position, line)
        for user, line, agents in loaded.database.execute(
            """select id, line, "agentSourcedIds" from users where "agentSourcedIds" <> '' """
        )
        for position, agent in enumerate(agents.split(","))
    )
    loaded.database.executemany("insert into agents values (?, ?, ?, ?)", pairs)
    run("commit")
    run("create index ix_agents_user on agents (user, position)")
    run("create index ix_agents_agent on agents (agent)")


def check_relations(loaded: Loaded, findings: Findings) -> None:
    """Duplicates in every file; in bulk files also references, parents and primary roles."""
    for name in loaded.columns:
        if name not in REFERENCES:
            continue
        _duplicates(loaded, name, findings)
        for column, target in REFERENCES[name].items():
            # A file that is not there, or cannot be read, is told itself; every reference to it need not be.
            if loaded.bulk.get(name) and loaded.bulk.get(target) and column in (*loaded.columns[name], "sourcedId"):
                _dangling(loaded, name, column, target, findings)
    for line, key in loaded.database.execute("select line, user from agents where user = agent order by line limit ?", (MANY,)):
        findings.add("own_guardian", "users.csv", line, "agentSourcedIds", key)
    for name in ("orgs", "academicSessions"):
        if name in loaded.columns:
            _circles(loaded, name, findings)
    if "roles" in loaded.columns and loaded.bulk.get("roles"):
        _primary_roles(loaded, findings)


def _duplicates(loaded: Loaded, name: str, findings: Findings) -> None:
    found = loaded.database.execute(
        f"""select t.id, t.line, d.first from "{name}" t
            join (select id, min(line) as first from "{name}" group by id having count(*) > 1) d on d.id = t.id and t.line > d.first
            order by t.line limit {MANY}"""  # noqa: S608
    )
    for sourced_id, line, first in found:
        findings.add("duplicate_id", f"{name}.csv", line, "sourcedId", sourced_id, first=first)


def _dangling(loaded: Loaded, name: str, column: str, target: str, findings: Findings) -> None:
    if column == "agentSourcedIds":
        query = "select line, agent from agents a where not exists (select 1 from users u where u.id = a.agent)"
    elif column in _LISTS:
        _dangling_list(loaded, name, column, target, findings)
        return
    else:
        own = "id" if column == "sourcedId" else f'"{column}"'
        if column != "sourcedId" and not _is_stored(loaded, name, column):
            return
        query = f"""select line, {own} from "{name}" a where {own} <> '' and not exists (select 1 from "{target}" t where t.id = a.{own})"""  # noqa: S608
    for line, value in loaded.database.execute(f"{query} order by line limit {MANY}"):
        findings.add("dangling_reference", f"{name}.csv", line, column, value, kind=target)


def _is_stored(loaded: Loaded, name: str, column: str) -> bool:
    return any(row[1] == column for row in loaded.database.execute(f'pragma table_info("{name}")'))


def _dangling_list(loaded: Loaded, name: str, column: str, target: str, findings: Findings) -> None:
    known = {row[0] for row in loaded.database.execute(f'select id from "{target}"')}  # noqa: S608 - sessions and orgs: few
    for line, value in loaded.database.execute(f"""select line, "{column}" from "{name}" where "{column}" <> '' order by line"""):  # noqa: S608
        for part in value.split(","):
            if part.strip() not in known:
                findings.add("dangling_reference", f"{name}.csv", line, column, part.strip(), kind=target)


def _circles(loaded: Loaded, name: str, findings: Findings) -> None:
    rows = loaded.database.execute(f'select id, "parentSourcedId", line from "{name}"').fetchall()  # noqa: S608
    parents = {sourced_id: parent for sourced_id, parent, _ in rows if parent}
    for sourced_id, parent, line in rows:
        seen = {sourced_id}
        while parent and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent)  # noqa: PLW2901 - climbing
        if parent == sourced_id:
            findings.add("cyclic_parent", f"{name}.csv", line, "parentSourcedId", parent)


def _primary_roles(loaded: Loaded, findings: Findings) -> None:
    found = loaded.database.execute(
        f"""select max(line), "userSourcedId" from roles where "roleType" = 'primary'
            group by "userSourcedId", "orgSourcedId" having count(*) > 1 order by 1 limit {MANY}"""  # noqa: S608
    )
    for line, user in found:
        findings.add("two_primary_roles", "roles.csv", line, "userSourcedId", user)
