"""Four eyes as one mechanism: what a table gets whose rows one person enters and another one approves."""

from typing import Any

# Called once, by the migration that brings the mechanism.
DIGEST = """
create function approved_content(said jsonb, content text[]) returns bytea language sql immutable set search_path = pg_catalog, public as $$
  select sha256(convert_to((select jsonb_object_agg(c, said -> c)::text from unnest(content) c), 'UTF8'))
$$
"""
FOUR_EYES = """
create function four_eyes() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  authors text[] := string_to_array(tg_argv[0], ' ');
  approvers text[] := string_to_array(tg_argv[1], ' ');
  content text[] := string_to_array(tg_argv[2], ' ') || authors;
  said jsonb := to_jsonb(new);
  before jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
  signed text[] := array(select said ->> a from unnest(approvers) a where said ->> a is not null);
  is_fresh boolean := exists (select from unnest(approvers) a where said ->> a is not null and before ->> a is null);
begin
  if signed && array(select said ->> a from unnest(authors) a) then
    raise exception 'whoever entered it does not approve it' using errcode = 'check_violation', constraint = 'four_eyes_author';
  end if;
  if cardinality(signed) > (select count(distinct s) from unnest(signed) s) then
    raise exception 'one person approves one step' using errcode = 'check_violation', constraint = 'four_eyes_twice';
  end if;
  -- One use: an approval is given once; it can be taken back, never handed on.
  if exists (select from unnest(approvers) a where before ->> a <> said ->> a) then
    raise exception 'approved already' using errcode = 'check_violation', constraint = 'four_eyes_used';
  end if;
  if cardinality(signed) = 0 then
    new.approved_content := null;
  elsif is_fresh then
    if tg_argv[3] <> '' and (said ->> tg_argv[3])::timestamptz < clock_timestamp() then
      raise exception 'the time to approve it is over' using errcode = 'check_violation', constraint = 'four_eyes_expired';
    end if;
    new.approved_content := approved_content(said, content);
  elsif old.approved_content is distinct from approved_content(said, content) then
    raise exception 'changed after it was approved' using errcode = 'check_violation', constraint = 'four_eyes_content';
  else
    new.approved_content := old.approved_content;
  end if;
  return new;
end $$
"""


def four_eyes(op: Any, table: str, *, author: str, approvers: str, content: str, expires: str = "") -> None:
    """Let the database refuse an approval by the author, a second one, one too late, and any change of what was approved.

    `author`, `approvers`, `content`: columns, by spaces; `expires`: the column after whose instant nobody approves any more.
    The table has a column `approved_content` (bytea): the SHA-256 of what was approved, kept by the trigger alone.
    """
    fields = "{" + ",".join(f"{content} {author}".split()) + "}"
    signed = " or ".join(f"{name} is not null" for name in approvers.split())
    op.execute(f"update {table} t set approved_content = approved_content(to_jsonb(t), '{fields}') where {signed}")
    op.execute(
        f"create trigger four_eyes before insert or update on {table} for each row "
        f"execute function four_eyes('{author}', '{approvers}', '{content}', '{expires}')"
    )


def two_eyes(op: Any, table: str) -> None:
    """Take it away again."""
    op.execute(f"drop trigger four_eyes on {table}")
