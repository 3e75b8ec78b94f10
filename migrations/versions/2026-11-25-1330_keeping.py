"""Four eyes as one mechanism of the database."""

import sqlalchemy as sa
from alembic import op
from approving import DIGEST, FOUR_EYES, four_eyes, two_eyes
from tenancy import all_schools

revision = "0043"
down_revision = "0032"
branch_labels = None
depends_on = None

# Who the case says has agreed must be who the steps of the present round say.
DECIDERS = """
create function recognition_deciders() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if exists (
    select from (values ('class', new.class_by), ('grade', new.grade_by), ('school', new.school_by)) as d (step, account)
    where d.account is not null and not exists (
      select from recognition_steps s
      where s.school_id = new.school_id and s.recognition_id = new.id and s.step = d.step and s.outcome = 'agree' and s.decided_by = d.account
        and s.round = (select max(n.round) from recognition_steps n
                       where n.school_id = new.school_id and n.recognition_id = new.id and n.step in ('class', 'grade', 'school')))) then
    raise exception 'nobody is said to have agreed who did not' using errcode = 'check_violation', constraint = 'recognition_deciders';
  end if;
  return null;
end $$
"""
APPROVED = (
    # The class step may be the author's own; so it is bound from the grade on.
    ("recognitions", "entered_by", "grade_by school_by", "category data_class support_level is_exception reason"),
    ("rule_sets", "created_by", "adopted_by", "number rules_version thresholds"),
)


def upgrade() -> None:
    op.execute(DIGEST)
    op.execute(FOUR_EYES)
    for table, author, approvers, content in APPROVED:
        op.add_column(table, sa.Column("approved_content", sa.LargeBinary(), nullable=True))
        # The digest of old approvals is nobody's change, and no entry of the record.
        op.execute(f"alter table {table} disable trigger user")
        with all_schools(op, table):
            four_eyes(op, table, author=author, approvers=approvers, content=content)
        op.execute(f"alter table {table} enable trigger user")
    op.execute(DECIDERS)
    op.execute(
        "create constraint trigger deciders after insert or update of class_by, grade_by, school_by on recognitions "
        "deferrable initially deferred for each row execute function recognition_deciders()"
    )
    op.create_check_constraint(
        op.f("ck_role_assignments_not_own"), "role_assignments", "role = 'case_lead' or created_by is null or created_by <> account_id"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_role_assignments_not_own"), "role_assignments")
    op.execute("drop trigger deciders on recognitions")
    op.execute("drop function recognition_deciders()")
    for table, *_ in reversed(APPROVED):
        two_eyes(op, table)
        op.drop_column(table, "approved_content")
    op.execute("drop function four_eyes()")
    op.execute("drop function approved_content(jsonb, text[])")
