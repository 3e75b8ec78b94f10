"""Student search: by initials, and by the characters of names."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# The school comes from the transaction's own context, never from an argument: whoever may call the function sees what row-level
# security would show anyway. Null says that more than `at_most` names match, so that walking the list itself is quicker.
NAMED = """
create function students_named(fragment text, at_most integer) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
    school uuid := nullif(current_setting('app.school_id', true), '')::uuid;
    found uuid[];
begin
    select array_agg(m.id) into found from (
        select s.id from public.students s
        where s.school_id = school and string_to_array(s.name, null) @> string_to_array(fragment, null) and position(fragment in s.name) > 0
        limit at_most + 1) m;
    return case when coalesce(cardinality(found), 0) <= at_most then coalesce(found, '{}') end;
end $$
"""


def upgrade() -> None:
    op.create_index("ix_students_initials", "students", ["school_id", "initials", "pinyin", "id"])
    op.execute("create index ix_students_characters on students using gin (school_id, string_to_array(name, null))")
    op.execute(NAMED)
    # The function runs as the owner; this lets the owner's plan use the index above. Nothing of the service connects as the owner.
    op.execute("create policy search on students for select to nuanyang_owner using (true)")
    op.execute("revoke all on function students_named(text, integer) from public")
    op.execute("grant execute on function students_named(text, integer) to nuanyang_app")


def downgrade() -> None:
    op.execute("drop policy search on students")
    op.execute("drop function students_named(text, integer)")
    op.drop_index("ix_students_characters", "students")
    op.drop_index("ix_students_initials", "students")
