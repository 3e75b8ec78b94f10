"""Who enters results: whoever writes `academic` for the student, and the class's teacher of the subject."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from nuanyang.access.actors import Caller
from nuanyang.school.results.rules import ALIASES


@dataclass(frozen=True, slots=True)
class Taught:
    """What the caller teaches today: (class, subject)."""

    posts: Collection[tuple[UUID, str]] = field(default_factory=frozenset)

    def has(self, class_id: UUID | None, subject: str) -> bool:
        """Whether the caller teaches this subject in this class; 道法 is 道德与法治."""
        same = next((group for group in ALIASES if subject in group), (subject,))
        return any((class_id, name) in self.posts for name in same)

    def anything_in(self, class_id: UUID | None) -> bool:
        """Whether the caller teaches in this class at all."""
        return any(post == class_id for post, _ in self.posts)


def may_enter(caller: Caller, taught: Taught, class_id: UUID | None, student_id: UUID, subject: str) -> bool:
    """Whether this student's result in this subject is the caller's to enter. `class_id` is the present class."""
    return caller.may("write", "academic", class_id, student_id) or taught.has(class_id, subject)
