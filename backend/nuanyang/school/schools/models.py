"""Districts and schools: reference rows, their names are public."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned
from nuanyang.kit.ids import new_id


class District(Base):
    """The 区县 that schools report to."""

    __tablename__ = "districts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)


class School(Base):
    """A school: its id is the `school_id` of everything it owns."""

    __tablename__ = "schools"
    __table_args__ = (
        CheckConstraint("last_grade >= first_grade and first_grade between 1 and 12 and last_grade between 1 and 12", name="grades"),
        CheckConstraint("second_factor in ('required', 'off')", name="second_factor"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID | None] = mapped_column(ForeignKey("districts.id"))
    name: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)  # 学校标识码, 10 digits where the school has one
    time_zone: Mapped[str] = mapped_column(default="Asia/Shanghai", server_default="Asia/Shanghai")
    # Grades count 1–12 through all stages; 五四制 schools end primary school with grade 5.
    first_grade: Mapped[int] = mapped_column(default=1)
    last_grade: Mapped[int] = mapped_column(default=9)
    primary_years: Mapped[int] = mapped_column(default=6)
    # Whether its staff need a second factor to sign in. Asked before a school is chosen, so it stands here and not among the settings.
    second_factor: Mapped[str] = mapped_column(default="required", server_default="required")
    created_at: Mapped[datetime]


class SchoolSettings(SchoolOwned, Base):
    """What a school may set for itself, one row a key (`case_lead_limit`, `hardship_tiers`, …); defaults live beside the rule that reads it."""

    __tablename__ = "school_settings"
    __table_args__ = (UniqueConstraint("school_id", "key"),)

    key: Mapped[str]
    value: Mapped[Any] = mapped_column(JSONB)
