"""What people do with editions; `kinds_of` and `clauses_in_force` are what upper floors ask."""

from nuanyang.programme.editions.service.kinds import kinds_of
from nuanyang.programme.editions.service.showing import clauses_in_force, count_editions

__all__ = ["clauses_in_force", "count_editions", "kinds_of"]
