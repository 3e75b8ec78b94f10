"""The base of all models, and the shape every school-owned table has."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Date, DateTime, ForeignKeyConstraint, LargeBinary, MetaData, Numeric, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from nuanyang.kit.ids import new_id

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables; names of constraints follow one scheme, so that migrations and error handling can rely on them."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        UUID: Uuid,
        date: Date,
        datetime: DateTime(timezone=True),
        bytes: LargeBinary,
        Decimal: Numeric,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


class SchoolOwned:
    """A row of one school: primary key (school_id, id), so the schema shards by school and no key can point into another one."""

    @declared_attr
    def school_id(cls) -> Mapped[UUID]:  # noqa: N805 - SQLAlchemy passes the class
        return mapped_column(Uuid, primary_key=True, sort_order=-20)

    @declared_attr
    def id(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(Uuid, primary_key=True, default=new_id, sort_order=-19)


class Written:
    """Who entered a row, and when."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)
    created_by: Mapped[UUID | None] = mapped_column(sort_order=91)


class Edited:
    """Optimistic locking: SQLAlchemy counts `version` up and refuses a stale write; the API shows it as the ETag."""

    version: Mapped[int] = mapped_column(default=1, server_default="1", sort_order=80)
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now(), sort_order=81)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}


def to(table: str, *columns: str, name: str | None = None) -> ForeignKeyConstraint:
    """A foreign key inside the school: `to("students", "student_id")` is (school_id, student_id) → students (school_id, id)."""
    return ForeignKeyConstraint(["school_id", *columns], [f"{table}.school_id", f"{table}.id"], name=name)
