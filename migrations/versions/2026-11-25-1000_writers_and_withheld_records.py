"""Everyone who wrote a plan; records that a member of staff does not hear of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import all_schools

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


# What was done for a need that is withheld from somebody is withheld, too.
WITHHOLD = """update interventions i set withheld_from_staff_ids = array[r.withheld_from_staff_id]
from plan_measures m join goals g on g.school_id = m.school_id and g.id = m.goal_id
join needs n on n.school_id = g.school_id and n.id = g.need_id
join recognitions r on r.school_id = n.school_id and r.id = n.recognition_id
where m.school_id = i.school_id and m.id = i.plan_measure_id and r.withheld_from_staff_id is not null"""


def upgrade() -> None:
    op.add_column(
        "support_plans", sa.Column("writers", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'::uuid[]"), nullable=False)
    )
    op.add_column(
        "interventions",
        sa.Column("withheld_from_staff_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
    )
    with all_schools(op, "support_plans", "interventions", "plan_measures", "goals", "needs", "recognitions"):
        op.execute("update support_plans set writers = array[edited_by] where edited_by is not null")
        op.execute(WITHHOLD)
    op.create_check_constraint(
        op.f("ck_support_plans_not_a_writer"), "support_plans", "approved_by is null or not approved_by = any(writers)"
    )


def downgrade() -> None:
    op.drop_column("interventions", "withheld_from_staff_ids")
    op.drop_constraint(op.f("ck_support_plans_not_a_writer"), "support_plans")
    op.drop_column("support_plans", "writers")
