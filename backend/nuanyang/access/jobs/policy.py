"""Which jobs a caller sees: their own, and for those who run the school, the school's."""

from nuanyang.access.actors import Caller
from nuanyang.kit.jobs import Job


def may_see(caller: Caller, job: Job) -> bool:
    """Is the job visible, and may it be stopped?"""
    if job.account_id == caller.account_id:
        return job.school_id in {None, caller.school_id}
    return job.school_id == caller.school_id and caller.has_duty("watch_jobs")
