"""How notices are shown."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from nuanyang.kit.schemas import Output

NoticeKind = Literal["due", "overdue", "missed", "week_of_class", "week_of_school"]


class NoticeShown(Output):
    """One notice. `due`: mine to do by `day`; `overdue`: my department's, its day has passed; `missed`: its grace has passed, too; `week_of_class` and
    `week_of_school`: how many daily and weekly ones were missed in the week that began on `day`."""

    id: UUID
    kind: NoticeKind
    clause: str | None
    day: date
    count: int
    class_id: UUID | None
    class_name: str | None
    told_at: datetime
    read_at: datetime | None
    settled_at: datetime | None


class NoticeList(Output):
    """A page of one's own notices, the newest first, and how many are unread."""

    items: list[NoticeShown]
    unread: int
    next_cursor: str | None


class Unread(Output):
    """How many are unread."""

    unread: int
