"""Recognition: each proposal with the class of its evidence, class → grade → school by the database, complaints about several people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import all_schools

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

RUNNING = "state not in ('declined', 'exited')"
NOBODY = "withheld_from_staff_ids = '{}'"
CHECKS = {
    "at_class": "state <> 'class_review' or (class_by is null and grade_by is null and school_by is null)",
    "at_school_only": "not at_school_only or (state not in ('class_review', 'grade_review') and class_by is null)",
    "school_alone": "not at_school_only or data_class in ('protection', 'wellbeing')",
    "class_first": "state <> 'grade_review' or class_by is not null",
    "grade_second": "state not in ('school_review', 'recognised', 'exited') or at_school_only or grade_by is not null",
    "school_last": "state not in ('recognised', 'exited') or school_by is not null",
    "no_step_left_out": "grade_by is null or class_by is not null",
    "each_another": "grade_by <> class_by and school_by <> class_by and school_by <> grade_by",
    "not_own": "grade_by <> entered_by and school_by <> entered_by",
}
# Who agreed since the case was last sent back; what had begun at the school stays a matter of the school.
DECIDERS = """
update recognitions r set class_by = d.class_by, grade_by = d.grade_by, school_by = d.school_by, at_school_only = d.grade_by is null and r.state in ('school_review', 'recognised', 'exited')
from (select r.school_id, r.id,
        min(s.decided_by::text) filter (where s.step = 'class')::uuid as class_by, min(s.decided_by::text) filter (where s.step = 'grade')::uuid as grade_by,
        min(s.decided_by::text) filter (where s.step = 'school')::uuid as school_by
      from recognitions r left join recognition_steps s on s.school_id = r.school_id and s.recognition_id = r.id and s.outcome = 'agree'
        and s.round = (select max(n.round) from recognition_steps n where n.school_id = r.school_id and n.recognition_id = r.id)
      group by r.school_id, r.id) d
where d.school_id = r.school_id and d.id = r.id and r.state <> 'class_review'"""
# One check counts for a term; a second one stays in the history as what it was, a check beside.
FIRST_CHECKS = """
update recognition_steps s set term_id = null where s.step = 'term_check' and exists (
  select from recognition_steps f where f.school_id = s.school_id and f.recognition_id = s.recognition_id and f.step = 'term_check'
    and f.term_id = s.term_id and f.id < s.id)"""
# A rule of a stored explanation says its class from now on.
EXPLANATIONS = """
update proposals set explanation = explanation || jsonb_build_object(
  'held', (select coalesce(jsonb_agg(v || jsonb_build_object('data_class', proposals.data_class)), '[]') from jsonb_array_elements(explanation -> 'held') v),
  'missing', (select coalesce(jsonb_agg(v || jsonb_build_object('data_class', proposals.data_class)), '[]') from jsonb_array_elements(explanation -> 'missing') v))"""


def upgrade() -> None:
    people = postgresql.ARRAY(sa.Uuid())
    op.add_column("proposals", sa.Column("data_class", sa.Text(), nullable=True))
    for table in ("proposals", "recognitions"):
        op.add_column(table, sa.Column("withheld_from_staff_ids", people, server_default=sa.text("'{}'"), nullable=False))
    op.add_column("recognitions", sa.Column("at_school_only", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    for step in ("class", "grade", "school"):
        op.add_column("recognitions", sa.Column(f"{step}_by", sa.Uuid(), nullable=True))
    with all_schools(op, "proposals", "recognitions", "recognition_steps"):
        op.execute(
            "update proposals set data_class = case category when 'C1' then 'economic' when 'C2' then 'academic' when 'C3' then 'health' else 'family' end"
        )
        op.execute("update proposals set data_class = 'protection' where withheld_from_staff_id is not null")
        op.execute("update recognitions set data_class = 'protection' where withheld_from_staff_id is not null")
        for table in ("proposals", "recognitions"):
            op.execute(
                f"update {table} set withheld_from_staff_ids = array[withheld_from_staff_id] where withheld_from_staff_id is not null"
            )
        op.execute(EXPLANATIONS)
        op.execute(DECIDERS)
        op.execute(FIRST_CHECKS)
    op.alter_column("proposals", "data_class", nullable=False)
    for table in ("proposals", "recognitions"):
        op.drop_column(table, "withheld_from_staff_id")
    first = sa.Computed("withheld_from_staff_ids[1]", persisted=True)
    op.add_column("recognitions", sa.Column("withheld_from_staff_id", sa.Uuid(), first, nullable=True))
    op.drop_index("uq_proposals_open", "proposals")
    op.create_index(
        "uq_proposals_open", "proposals", ["school_id", "student_id", "data_class"], unique=True, postgresql_where=sa.text("state = 'open'")
    )
    op.drop_index("uq_recognitions_running", "recognitions")
    for name, whom in (("uq_recognitions_running", NOBODY), ("uq_recognitions_withheld", NOBODY.replace("=", "<>"))):
        op.create_index(
            name,
            "recognitions",
            ["school_id", "student_id", "data_class", "school_year_id"],
            unique=True,
            postgresql_where=sa.text(f"{RUNNING} and {whom}"),
        )
    op.create_index(
        "uq_recognition_steps_term_check",
        "recognition_steps",
        ["school_id", "recognition_id", "term_id"],
        unique=True,
        postgresql_where=sa.text("step = 'term_check'"),
    )
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_recognitions_{name}"), "recognitions", rule)


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_recognitions_{name}"), "recognitions")
    op.drop_index("uq_recognition_steps_term_check", "recognition_steps")
    for name in ("uq_recognitions_withheld", "uq_recognitions_running"):
        op.drop_index(name, "recognitions")
    op.drop_index("uq_proposals_open", "proposals")
    op.drop_column("recognitions", "withheld_from_staff_id")
    for table in ("proposals", "recognitions"):
        op.add_column(table, sa.Column("withheld_from_staff_id", sa.Uuid(), nullable=True))
    with all_schools(op, "proposals", "recognitions"):
        for table in ("proposals", "recognitions"):
            op.execute(f"update {table} set withheld_from_staff_id = withheld_from_staff_ids[1]")
    for name, columns, where in (
        ("proposals", ["school_id", "student_id", "category"], "state = 'open'"),
        ("recognitions", ["school_id", "student_id", "category", "school_year_id"], RUNNING),
    ):
        index = "uq_proposals_open" if name == "proposals" else "uq_recognitions_running"
        op.create_index(index, name, columns, unique=True, postgresql_where=sa.text(where))
    for column in ("school_by", "grade_by", "class_by", "at_school_only", "withheld_from_staff_ids"):
        op.drop_column("recognitions", column)
    op.drop_column("proposals", "withheld_from_staff_ids")
    op.drop_column("proposals", "data_class")
