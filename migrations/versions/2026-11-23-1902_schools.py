"""Schools, years, classes, staff, students, guardians."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect, share

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - one statement a table
    op.create_table(
        "districts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
        sa.UniqueConstraint("code", name=op.f("uq_districts_code")),
    )
    op.create_table(
        "schools",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="Asia/Shanghai", nullable=False),
        sa.Column("first_grade", sa.Integer(), nullable=False),
        sa.Column("last_grade", sa.Integer(), nullable=False),
        sa.Column("primary_years", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "last_grade >= first_grade and first_grade between 1 and 12 and last_grade between 1 and 12", name=op.f("ck_schools_grades")
        ),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_schools_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("code", name=op.f("uq_schools_code")),
    )
    op.create_table(
        "school_settings",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_school_settings")),
        sa.UniqueConstraint("school_id", "key", name=op.f("uq_school_settings_school_id_key")),
    )
    op.create_table(
        "school_years",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_school_years_period")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_school_years")),
        sa.UniqueConstraint("school_id", "name", name=op.f("uq_school_years_school_id_name")),
    )
    op.create_table(
        "terms",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_terms_period")),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"], ["school_years.school_id", "school_years.id"], name=op.f("fk_terms_school_id_school_year_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_terms")),
        sa.UniqueConstraint("school_id", "school_year_id", "number", name=op.f("uq_terms_school_id_school_year_id_number")),
    )
    op.create_table(
        "staff",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("staff_number", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("status in ('active', 'left')", name=op.f("ck_staff_status")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_staff")),
    )
    op.create_index("ix_staff_pinyin", "staff", ["school_id", "pinyin", "id"], unique=False)
    op.create_table(
        "classes",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cohort_year", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("grade between 1 and 12", name=op.f("ck_classes_grade")),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"], ["school_years.school_id", "school_years.id"], name=op.f("fk_classes_school_id_school_year_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_classes")),
        sa.UniqueConstraint("school_id", "school_year_id", "name", name=op.f("uq_classes_school_id_school_year_id_name")),
    )
    op.create_index("ix_classes_year", "classes", ["school_id", "school_year_id", "grade", "number"], unique=False)
    op.create_table(
        "class_staff",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("role in ('homeroom_teacher', 'subject_teacher')", name=op.f("ck_class_staff_role")),
        sa.CheckConstraint("valid_to is null or valid_to >= valid_from", name=op.f("ck_class_staff_period")),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.id"], name=op.f("fk_class_staff_school_id_class_id")
        ),
        sa.ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.id"], name=op.f("fk_class_staff_school_id_staff_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_class_staff")),
    )
    op.create_index("ix_class_staff_class", "class_staff", ["school_id", "class_id"], unique=False)
    op.create_index("ix_class_staff_staff", "class_staff", ["school_id", "staff_id"], unique=False)
    op.create_index(
        "uq_class_staff_homeroom",
        "class_staff",
        ["school_id", "class_id"],
        unique=True,
        postgresql_where=sa.text("role = 'homeroom_teacher' and valid_to is null"),
    )
    op.create_table(
        "students",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("former_name", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("student_number", sa.Text(), nullable=True),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default="enrolled", nullable=False),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("previous_school_id", sa.Uuid(), nullable=True),
        sa.Column("previous_student_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("sex in ('male', 'female', 'unspecified')", name=op.f("ck_students_sex")),
        sa.CheckConstraint(
            "status in ('enrolled', 'suspended', 'graduated', 'transferred_out', 'whereabouts_unverified', 'dropped_out', 'deceased', 'merged')",
            name=op.f("ck_students_status"),
        ),
        sa.CheckConstraint("grade between 1 and 12", name=op.f("ck_students_grade")),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.id"], name=op.f("fk_students_school_id_class_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_students")),
    )
    op.create_index("ix_students_away", "students", ["school_id", "status"], unique=False, postgresql_where=sa.text("status <> 'enrolled'"))
    op.create_index("ix_students_class", "students", ["school_id", "class_id", "pinyin", "id"], unique=False)
    op.create_index("ix_students_grade", "students", ["school_id", "grade", "pinyin", "id"], unique=False)
    op.create_index("ix_students_list", "students", ["school_id", "pinyin", "id"], unique=False)
    op.create_index("ix_students_number", "students", ["school_id", "student_number"], unique=False)
    op.create_table(
        "enrolments",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("start_reason", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_enrolments_period")),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.id"], name=op.f("fk_enrolments_school_id_class_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_enrolments_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_enrolments")),
    )
    op.create_index("ix_enrolments_class", "enrolments", ["school_id", "class_id"], unique=False)
    op.create_index("ix_enrolments_student", "enrolments", ["school_id", "student_id"], unique=False)
    op.create_index(
        "uq_enrolments_current", "enrolments", ["school_id", "student_id"], unique=True, postgresql_where=sa.text("ends_on is null")
    )
    op.create_table(
        "student_identities",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("identity_kind", sa.Text(), nullable=True),
        sa.Column("identity_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("identity_index", sa.LargeBinary(), nullable=True),
        sa.Column("identity_tail", sa.Text(), nullable=True),
        sa.Column("registration_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("registration_index", sa.LargeBinary(), nullable=True),
        sa.Column("registration_tail", sa.Text(), nullable=True),
        sa.Column("registration_kind", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["school_id", "id"], ["students.school_id", "students.id"], name="fk_student_identities_student"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_identities")),
    )
    op.create_index("ix_student_identities_identity_index", "student_identities", ["school_id", "identity_index"], unique=False)
    op.create_index("ix_student_identities_registration_index", "student_identities", ["school_id", "registration_index"], unique=False)
    op.create_table(
        "student_contacts",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("household_address", sa.Text(), nullable=True),
        sa.Column("mailing_address", sa.Text(), nullable=True),
        sa.Column("commute_km", sa.Numeric(), nullable=True),
        sa.Column("commute_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["school_id", "id"], ["students.school_id", "students.id"], name="fk_student_contacts_student"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_contacts")),
    )
    op.create_table(
        "student_families",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("left_behind", sa.Integer(), nullable=True),
        sa.Column("single_parent", sa.Boolean(), nullable=True),
        sa.Column("raised_by_grandparents", sa.Boolean(), nullable=True),
        sa.Column("migrant_child", sa.Boolean(), nullable=True),
        sa.Column("only_child", sa.Boolean(), nullable=True),
        sa.Column("orphan", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.CheckConstraint("left_behind between 0 and 2", name=op.f("ck_student_families_left_behind")),
        sa.ForeignKeyConstraint(["school_id", "id"], ["students.school_id", "students.id"], name="fk_student_families_student"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_families")),
    )
    op.create_table(
        "student_economies",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("needs_aid", sa.Boolean(), nullable=True),
        sa.Column("receives_subsidy", sa.Boolean(), nullable=True),
        sa.Column("martyr_family", sa.Boolean(), nullable=True),
        sa.Column("special_groups", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["school_id", "id"], ["students.school_id", "students.id"], name="fk_student_economies_student"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_economies")),
    )
    op.create_table(
        "student_healths",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("health_status", sa.Text(), nullable=True),
        sa.Column("disability", sa.Text(), nullable=True),
        sa.Column("inclusive_placement", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["school_id", "id"], ["students.school_id", "students.id"], name="fk_student_healths_student"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_healths")),
    )
    op.create_table(
        "student_records",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("nationality", sa.Text(), nullable=True),
        sa.Column("birthplace", sa.Text(), nullable=True),
        sa.Column("native_place", sa.Text(), nullable=True),
        sa.Column("household_kind", sa.Text(), nullable=True),
        sa.Column("boarding", sa.Text(), nullable=True),
        sa.Column("entry_kind", sa.Text(), nullable=True),
        sa.Column("entered_month", sa.Text(), nullable=True),
        sa.Column("source_kind", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["school_id", "id"], ["students.school_id", "students.id"], name="fk_student_records_student"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_records")),
    )
    op.create_table(
        "external_ids",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sourced_id", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("row_hash", sa.LargeBinary(), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_external_ids")),
        sa.UniqueConstraint("school_id", "source", "kind", "sourced_id", name=op.f("uq_external_ids_school_id_source_kind_sourced_id")),
    )
    op.create_index("ix_external_ids_entity", "external_ids", ["school_id", "kind", "entity_id"], unique=False)
    op.create_table(
        "guardians",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_guardians")),
    )
    op.create_index("ix_guardians_phone", "guardians", ["school_id", "phone"], unique=False)
    op.create_table(
        "student_guardians",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("relation_note", sa.Text(), nullable=True),
        sa.Column("is_guardian", sa.Boolean(), nullable=False),
        sa.Column("may_contact", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"], ["guardians.school_id", "guardians.id"], name=op.f("fk_student_guardians_school_id_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_student_guardians_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_guardians")),
        sa.UniqueConstraint("school_id", "student_id", "guardian_id", name=op.f("uq_student_guardians_school_id_student_id_guardian_id")),
    )
    op.create_index("ix_student_guardians_guardian", "student_guardians", ["school_id", "guardian_id"], unique=False)
    protect(
        op,
        "school_settings",
        "school_years",
        "terms",
        "staff",
        "classes",
        "class_staff",
        "students",
        "enrolments",
        "student_identities",
        "student_contacts",
        "student_families",
        "student_economies",
        "student_healths",
        "student_records",
        "external_ids",
        "guardians",
        "student_guardians",
    )
    share(op, "districts", grants="select, insert, update")
    share(op, "schools", grants="select, insert, update")


def downgrade() -> None:
    op.drop_table("student_guardians")
    op.drop_table("guardians")
    op.drop_table("external_ids")
    op.drop_table("student_records")
    op.drop_table("student_healths")
    op.drop_table("student_economies")
    op.drop_table("student_families")
    op.drop_table("student_contacts")
    op.drop_table("student_identities")
    op.drop_table("enrolments")
    op.drop_table("students")
    op.drop_table("class_staff")
    op.drop_table("classes")
    op.drop_table("staff")
    op.drop_table("terms")
    op.drop_table("school_years")
    op.drop_table("school_settings")
    op.drop_table("schools")
    op.drop_table("districts")
