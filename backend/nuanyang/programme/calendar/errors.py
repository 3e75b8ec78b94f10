"""What can go wrong with the school calendar.

NotFound: CalendarEntryNotFound    Conflict: DayTaken, EntryWithdrawn    Invalid: SpanTooLong
"""

from nuanyang.kit.errors import Conflict, Invalid, NotFound


class CalendarEntryNotFound(NotFound):
    """No such day or period in this school's calendar."""

    code, zh, en = "calendar_entry_not_found", "校历中没有这一项。", "The calendar has no such entry."


class DayTaken(Conflict):
    """The school says one thing of a day, not two."""

    code, zh, en = "day_taken", "这一天已经调整过，请修改原来的调整。", "This day is changed already; edit that change."


class EntryWithdrawn(Conflict):
    """What was taken back is restored first."""

    code, zh, en = "entry_withdrawn", "这一项已撤销，请先恢复。", "This entry was taken back; restore it first."


class SpanTooLong(Invalid):
    """A calendar is shown for a year or so at a time."""

    code, zh, en = (
        "span_too_long",
        "一次最多查看400天，且结束日期不能早于开始日期。",
        "At most 400 days at a time, the last no sooner than the first.",
    )
