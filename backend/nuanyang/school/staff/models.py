"""Teachers and other staff."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned


class StaffMember(SchoolOwned, Edited, Base):
    """A member of staff; may hold an account."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("status in ('active', 'left')", name="status"), Index("ix_staff_pinyin", "school_id", "pinyin", "id"))

    name: Mapped[str]
    pinyin: Mapped[str]
    initials: Mapped[str]
    staff_number: Mapped[str | None]
    sex: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="active", server_default="active")
