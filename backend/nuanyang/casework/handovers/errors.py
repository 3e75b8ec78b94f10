"""What can stand in the way of a hand-over.

NotFound: HandoverNotFound    Conflict: Acknowledged, NotWritten
"""

from nuanyang.kit.errors import Conflict, NotFound


class HandoverNotFound(NotFound):
    """No such hand-over, or neither from nor to the caller."""

    code, zh, en = "handover_not_found", "没有找到这份交接记录，或与您无关。", "No such hand-over, or none of yours."


class Acknowledged(Conflict):
    """The next one has read it: it stays as it is."""

    code, zh, en = "handover_acknowledged", "接手人已确认，交接记录不能再改。", "The next one has acknowledged it; it stays as it is."


class NotWritten(Conflict):
    """There is nothing to acknowledge yet."""

    code, zh, en = "handover_not_written", "对方还没有写交接记录。", "Nothing has been written yet."
