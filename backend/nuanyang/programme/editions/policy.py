"""Who writes, sees and approves which part of an edition. There is no student's data in it: whoever works at the school reads the one in force."""

from nuanyang.access.actors import Caller
from nuanyang.programme.editions.models import Edition

DEPARTMENTS = ("academic_affairs", "general_affairs", "youth_league")


def owners_written(caller: Caller) -> frozenset[str]:
    """The owners whose clauses the caller writes; who writes the whole edition writes the leading group's as well."""
    if caller.has_duty("write_editions"):
        return frozenset({"principal", "moral_education", *DEPARTMENTS})
    return frozenset(name for name in DEPARTMENTS if caller.has_duty(f"write_{name}_clauses"))


def sees_drafts(caller: Caller) -> bool:
    """Whoever writes or approves them, and whoever carries the school's programme."""
    return caller.has_duty("write_clauses") or caller.has_duty("approve_editions") or caller.has_duty("see_programme_load")


def may_see(caller: Caller, edition: Edition) -> bool:
    """What was approved is for everybody on the staff, what is in the making for those who make it."""
    return edition.approved_at is not None or sees_drafts(caller)


def is_author(caller: Caller, edition: Edition) -> bool:
    """Whether the caller made, wrote or submitted any of it."""
    return caller.account_id in (edition.created_by, edition.submitted_by, *edition.writers)
