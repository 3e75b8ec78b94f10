"""Rosters: moves between schools of a district, guardians' numbers, and the end of what a sender no longer says."""

import sqlalchemy as sa
from alembic import op
from tenancy import protect

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Who of these pupils is known in another school of the district: which school, which record, whether it bears one of these names, whether
# he is there now. Nothing else of another school comes through this door. Who asks is the school of the transaction's own context.
ELSEWHERE = """
create function pupils_elsewhere(registrations bytea[], identities bytea[], names text[], former_names text[])
returns table (place bigint, school_id uuid, student_id uuid, is_named_so boolean, is_present boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
    with near as (
        select other.id from public.schools mine join public.schools other on other.district_id = mine.district_id and other.id <> mine.id
        where mine.id = nullif(current_setting('app.school_id', true), '')::uuid
    ), asked as (
        select * from unnest(registrations, identities, names, former_names) with ordinality
            as a(registration, identity, name, former_name, place)
    ), found as (
        select a.place, a.name, a.former_name, i.school_id, i.id from asked a, near n, public.student_identities i
        where i.school_id = n.id and i.registration_index = a.registration
        union
        select a.place, a.name, a.former_name, i.school_id, i.id from asked a, near n, public.student_identities i
        where i.school_id = n.id and i.identity_index = a.identity
    )
    select distinct on (f.place) f.place, s.school_id, s.id,
        coalesce(s.name in (f.name, f.former_name) or s.former_name = f.name, false), s.status in ('enrolled', 'suspended')
    from found f join public.students s on s.school_id = f.school_id and s.id = f.id
    where s.status <> 'merged'
    order by f.place, s.status in ('enrolled', 'suspended') desc, s.status = 'whereabouts_unverified' desc, s.status_on desc nulls last, s.id desc
$$
"""
# The schools of the district that have pupils at all: without another one there is nobody to look for.
WITH_PUPILS = """
create function district_schools_with_pupils() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public as $$
    select other.id from public.schools mine join public.schools other on other.district_id = mine.district_id
    where mine.id = nullif(current_setting('app.school_id', true), '')::uuid
    and exists (select from public.students s where s.school_id = other.id)
$$
"""
FUNCTIONS = {"pupils_elsewhere(bytea[], bytea[], text[], text[])": ELSEWHERE, "district_schools_with_pupils()": WITH_PUPILS}
# Until now nobody but rosters wrote relations and posts: each belongs to the source that knows its guardian or its member of staff.
BROUGHT = """
update {table} t set source = e.source from (
    select distinct on (school_id, entity_id) school_id, entity_id, source from external_ids where kind = '{kind}'
    order by school_id, entity_id, last_seen_at desc nulls last) e
where e.school_id = t.school_id and e.entity_id = t.{column}
"""


def upgrade() -> None:
    op.create_table(
        "guardian_identities",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("identity_kind", sa.Text(), nullable=True),
        sa.Column("identity_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("identity_index", sa.LargeBinary(), nullable=False),
        sa.Column("identity_tail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school_id", "id"], ["guardians.school_id", "guardians.id"], name="fk_guardian_identities_guardian"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_guardian_identities")),
    )
    op.create_index("ix_guardian_identities_identity_index", "guardian_identities", ["school_id", "identity_index"])
    protect(op, "guardian_identities")
    op.add_column("student_guardians", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("student_guardians", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("class_staff", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("terms", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("whereabouts_checks", sa.Column("found_school_id", sa.Uuid(), nullable=True))
    for table, kind, column in (("student_guardians", "guardian", "guardian_id"), ("class_staff", "staff", "staff_id")):
        # The owner is under row-level security like everybody else.
        op.execute(f"alter table {table} no force row level security")
        op.execute("alter table external_ids no force row level security")
        op.execute(BROUGHT.format(table=table, kind=kind, column=column))
        op.execute("alter table external_ids force row level security")
        op.execute(f"alter table {table} force row level security")
    # The functions run as the owner, who reads the numbers' indexes across schools only inside them.
    op.execute("create policy search on student_identities for select to nuanyang_owner using (true)")
    for name, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"revoke all on function {name} from public")
        op.execute(f"grant execute on function {name} to nuanyang_app")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"drop function {name}")
    op.execute("drop policy search on student_identities")
    op.drop_column("whereabouts_checks", "found_school_id")
    op.drop_column("terms", "withdrawn_on")
    op.drop_column("class_staff", "source")
    op.drop_column("student_guardians", "ended_on")
    op.drop_column("student_guardians", "source")
    op.drop_table("guardian_identities")
