"""What people do with editions; `kinds_of` is what upper floors ask."""

from nuanyang.programme.editions.service.kinds import kinds_of
from nuanyang.programme.editions.service.showing import count_editions

__all__ = ["count_editions", "kinds_of"]
