"""Statements of the record. Entries are written by `SAW` (reads) and by the tables' own triggers (changes)."""

# ruff: noqa: S608 - put together from our own words

from typing import Any
from uuid import UUID

from nuanyang.access.audit.rules import Content, Head, Seal

# Everything an entry says, in one text that does not depend on settings: instants as microseconds, arrays and objects as JSON.
# For the content stands its salted digest, so that it may go. Entries from before there were digests are sealed with the content itself.
CANONICAL = """jsonb_build_array(e.school_id, e.id, (extract(epoch from e.at) * 1000000)::bigint, e.account_id, e.purpose, e.origin, e.action, e.operation,
  e.entity, e.entity_id, e.student_id, to_jsonb(e.student_ids), to_jsonb(e.data_classes), to_jsonb(e.fields),
  case when e.content_digest is null then e.before else to_jsonb(encode(e.content_digest, 'hex')) end,
  case when e.content_digest is null then e.after end, to_jsonb(e.ground), e.details)::text"""
# Whether the content is the one sealed; or was erased, which another entry must say about this very student or row.
CONTENT = """case
  when e.erased_by is null and (e.content_digest is null
    or e.content_digest = sha256(e.content_salt || convert_to(jsonb_build_array(e.before, e.after)::text, 'UTF8'))) then 'kept'
  when e.before is null and e.after is null and e.content_salt is null and exists (
    select from audit_entries x where x.school_id = e.school_id and x.id = e.erased_by and x.action = 'delete' and x.entity = 'retention'
      and (e.student_id is null or x.student_id is null or x.student_id = e.student_id))
    then case when e.content_digest is null then 'erased_unsalted' else 'erased' end
  else 'changed' end"""
SAW = """
insert into audit_entries (school_id, action, operation, student_id, student_ids, data_classes, ground, fields, details)
values (:school, 'read', :operation, :student, :students, :classes, :ground, :fields, cast(:details as jsonb))"""
_SEAL_COLUMNS = "number, entries, leaves, root, previous, mac, sealed_at"
SEAL_AT_MOST = 20_000
# While a new table fills, its statistics say that it is empty: a nested loop over its first hundred thousand entries took minutes.
HASHED = "set local enable_nestloop = off"
TAKE = f"""
update audit_entries e set seal = $1
from (select u.school_id, u.id from audit_entries u where u.seal is null order by u.at limit {SEAL_AT_MOST}) u
where e.school_id = u.school_id and e.id = u.id and e.seal is null returning e.id, {CANONICAL}"""


async def newest_seal(connection: Any) -> Seal | None:
    """The head of the chain."""
    row = await connection.fetchrow(f"select {_SEAL_COLUMNS} from audit_seals order by number desc limit 1")
    return Seal(*row) if row else None


async def take_unsealed(connection: Any, number: int) -> list[tuple[UUID, str]]:
    """Mark unsealed entries as belonging to a seal and answer what they say."""
    await connection.execute(HASHED)
    return [(UUID(str(row[0])), row[1]) for row in await connection.fetch(TAKE, number)]


async def keep_seal(connection: Any, seal: Seal) -> None:
    """Add a link to the chain."""
    await connection.execute(
        f"insert into audit_seals ({_SEAL_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)",
        *(seal.number, seal.entries, seal.leaves, seal.root, seal.previous, seal.mac, seal.sealed_at),
    )


async def seals_after(connection: Any, number: int, at_most: int) -> list[Seal]:
    """The next links, in order."""
    return [
        Seal(*row)
        for row in await connection.fetch(
            f"select {_SEAL_COLUMNS} from audit_seals where number > $1 order by number limit $2", number, at_most
        )
    ]


async def entries_of(connection: Any, seal: int) -> list[tuple[UUID, str, Content]]:
    """The entries that carry a seal's number, and how their content is."""
    return [
        (UUID(str(row[0])), row[1], row[2])
        for row in await connection.fetch(f"select e.id, {CANONICAL}, {CONTENT} from audit_entries e where seal = $1", seal)
    ]


async def foreign_entries(connection: Any, newest: int) -> list[tuple[UUID, int]]:
    """Entries that carry the number of a seal there is not."""
    rows = await connection.fetch(
        "select e.id, e.seal from audit_entries e where e.seal is not null and (e.seal > $1 or not exists"
        " (select from audit_seals s where s.number = e.seal)) limit 1000",
        newest,
    )
    return [(UUID(str(row[0])), row[1]) for row in rows]


async def overdue_entries(connection: Any) -> list[UUID]:
    """Entries that have waited for a seal far longer than the sealer ever needs: it stands still, or somebody slipped them in."""
    rows = await connection.fetch(
        "select id from audit_entries where seal is null and at < now() - interval '1 hour' order by at limit 1000"
    )
    return [UUID(str(row[0])) for row in rows]


async def asked_checks(connection: Any) -> list[UUID]:
    """Verifications that somebody waits for."""
    return [
        UUID(str(row[0])) for row in await connection.fetch("select id from audit_checks where checked_at is null order by requested_at")
    ]


async def keep_check(connection: Any, check_id: UUID, entries: int, seals: int, head: Head | None, findings: str) -> None:
    """Keep what a verification found."""
    await connection.execute(
        "insert into audit_checks (id, checked_at, entries, seals, head, findings) values ($1, now(), $2, $3, $4, $5::jsonb)"
        " on conflict (id) do update set checked_at = excluded.checked_at, entries = excluded.entries, seals = excluded.seals,"
        " head = excluded.head, findings = excluded.findings",
        *(check_id, entries, seals, str(head) if head else None, findings),
    )
