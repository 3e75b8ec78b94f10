"""Evidence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import ACCOUNT, SCHOOL, protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("about_staff_id", sa.Uuid(), nullable=True),
        sa.Column("reported_by_staff_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name=op.f("ck_evidence_category")),
        sa.CheckConstraint(
            "source in ('results', 'attendance', 'self_report', 'nomination', 'home_visit', 'special_list')",
            name=op.f("ck_evidence_source"),
        ),
        sa.CheckConstraint("(withdrawn_at is null) = (withdrawn_reason is null)", name=op.f("ck_evidence_withdrawn")),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"],
            ["school_years.school_id", "school_years.id"],
            name=op.f("fk_evidence_school_id_school_year_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_evidence_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_evidence")),
    )
    op.create_index(
        "ix_evidence_current",
        "evidence",
        ["school_id", "school_year_id", "category", "kind", "student_id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    op.create_index("ix_evidence_student", "evidence", ["school_id", "student_id"], unique=False)
    op.create_table(
        "special_list_rows",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("class_label", sa.Text(), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("near_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state in ('open', 'matched', 'set_aside')", name=op.f("ck_special_list_rows_state")),
        sa.CheckConstraint("(state = 'matched') = (evidence_id is not null)", name=op.f("ck_special_list_rows_matched")),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"],
            ["school_years.school_id", "school_years.id"],
            name=op.f("fk_special_list_rows_school_id_school_year_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "evidence_id"], ["evidence.school_id", "evidence.id"], name=op.f("fk_special_list_rows_school_id_evidence_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_special_list_rows")),
    )
    op.create_index("ix_special_list_rows_open", "special_list_rows", ["school_id", "state", "data_class"], unique=False)
    op.create_table(
        "census_looks",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("looked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("way in ('self_report', 'nomination', 'home_visit')", name=op.f("ck_census_looks_way")),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"],
            ["school_years.school_id", "school_years.id"],
            name=op.f("fk_census_looks_school_id_school_year_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_census_looks_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_census_looks")),
        sa.UniqueConstraint("school_id", "school_year_id", "student_id", name=op.f("uq_census_looks_school_id_school_year_id_student_id")),
    )
    protect(op, "evidence", "special_list_rows")
    protect(op, "census_looks", grants="select, insert")
    # Whoever is complained of never sees it: not in a list, a count, a fact of the rules or a file, whatever their rights.
    op.execute(
        f"""create policy not_about_me on evidence as restrictive for select using (about_staff_id is null or about_staff_id is distinct from
          (select m.person_id from memberships m where m.school_id = {SCHOOL} and m.account_id = {ACCOUNT} and m.person_kind = 'staff' limit 1))"""
    )


def downgrade() -> None:
    op.drop_table("census_looks")
    op.drop_table("special_list_rows")
    op.drop_table("evidence")
