"""How one's own feed is shown."""

from datetime import datetime

from nuanyang.kit.schemas import Output


class FeedState(Output):
    """Whether there is an address, and since when. The address itself is shown only when it is made."""

    is_on: bool
    since: datetime | None


class FeedMade(FeedState):
    """The new address, in this answer only."""

    address: str
