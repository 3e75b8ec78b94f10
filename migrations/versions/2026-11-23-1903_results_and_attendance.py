"""Exams, results, attendance."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "level_schemes",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("levels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("passing", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_level_schemes")),
        sa.UniqueConstraint("school_id", "name", name=op.f("uq_level_schemes_school_id_name")),
    )
    op.create_table(
        "exams",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind in ('midterm', 'final', 'monthly', 'unit', 'level_test')", name=op.f("ck_exams_kind")),
        sa.ForeignKeyConstraint(["school_id", "term_id"], ["terms.school_id", "terms.id"], name=op.f("fk_exams_school_id_term_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_exams")),
        sa.UniqueConstraint("school_id", "term_id", "grade", "name", name=op.f("uq_exams_school_id_term_id_grade_name")),
    )
    op.create_index("ix_exams_held", "exams", ["school_id", "held_on"], unique=False)
    op.create_table(
        "exam_subjects",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("full_marks", sa.Numeric(), nullable=True),
        sa.Column("level_scheme_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("full_marks is null or full_marks > 0", name=op.f("ck_exam_subjects_full_marks")),
        sa.ForeignKeyConstraint(["school_id", "exam_id"], ["exams.school_id", "exams.id"], name=op.f("fk_exam_subjects_school_id_exam_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "level_scheme_id"],
            ["level_schemes.school_id", "level_schemes.id"],
            name=op.f("fk_exam_subjects_school_id_level_scheme_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_exam_subjects")),
        sa.UniqueConstraint("school_id", "exam_id", "subject", name=op.f("uq_exam_subjects_school_id_exam_id_subject")),
    )
    op.create_table(
        "results",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("exam_subject_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=True),
        sa.Column("result_level", sa.Text(), nullable=True),
        sa.Column("band", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status = 'present' or (score is null and result_level is null)", name=op.f("ck_results_never_zero")),
        sa.CheckConstraint("status in ('present', 'absent', 'deferred', 'exempt', 'violation', 'blank')", name=op.f("ck_results_status")),
        sa.CheckConstraint("band between 1 and 5", name=op.f("ck_results_band")),
        sa.CheckConstraint("score is null or score >= 0", name=op.f("ck_results_score")),
        sa.ForeignKeyConstraint(["school_id", "exam_id"], ["exams.school_id", "exams.id"], name=op.f("fk_results_school_id_exam_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "exam_subject_id"],
            ["exam_subjects.school_id", "exam_subjects.id"],
            name=op.f("fk_results_school_id_exam_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_results_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_results")),
        sa.UniqueConstraint("school_id", "exam_subject_id", "student_id", name=op.f("uq_results_school_id_exam_subject_id_student_id")),
    )
    op.create_index("ix_results_exam", "results", ["school_id", "exam_id"], unique=False)
    op.create_index("ix_results_student", "results", ["school_id", "student_id"], unique=False)
    op.create_table(
        "attendance_summaries",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("school_days", sa.Integer(), nullable=True),
        sa.Column("truancy", sa.Numeric(), nullable=False),
        sa.Column("sick_leave", sa.Numeric(), nullable=False),
        sa.Column("personal_leave", sa.Numeric(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_attendance_summaries_period")),
        sa.CheckConstraint(
            "truancy >= 0 and sick_leave >= 0 and personal_leave >= 0 and late >= 0", name=op.f("ck_attendance_summaries_counts")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_attendance_summaries_school_id_student_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "term_id"], ["terms.school_id", "terms.id"], name=op.f("fk_attendance_summaries_school_id_term_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_attendance_summaries")),
        sa.UniqueConstraint(
            "school_id", "student_id", "starts_on", "ends_on", name=op.f("uq_attendance_summaries_school_id_student_id_starts_on_ends_on")
        ),
    )
    op.create_index("ix_attendance_summaries_term", "attendance_summaries", ["school_id", "term_id"], unique=False)
    op.create_table(
        "result_changes",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=True),
        sa.Column("result_level", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "result_id"], ["results.school_id", "results.id"], name=op.f("fk_result_changes_school_id_result_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_result_changes")),
    )
    op.create_index("ix_result_changes_result", "result_changes", ["school_id", "result_id"], unique=False)
    protect(op, "level_schemes", "results", "attendance_summaries")
    # An exam nobody has results in yet may be taken back; with results the foreign keys refuse it.
    protect(op, "exams", "exam_subjects", grants="select, insert, update, delete")
    protect(op, "result_changes", grants="select, insert")


def downgrade() -> None:
    op.drop_table("result_changes")
    op.drop_table("attendance_summaries")
    op.drop_table("results")
    op.drop_table("exam_subjects")
    op.drop_table("exams")
    op.drop_table("level_schemes")
