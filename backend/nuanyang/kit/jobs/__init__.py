"""Long work, done by the worker process while the caller watches: a thin port over the queue.

To ask for work:    job = await enqueue(session, "rosters.apply", school_id=…, account_id=…, arguments={"import_id": …})
                    and answer 202 with `Location: /api/v1/jobs/{job.id}`. It is queued if, and only if, the session commits.
To do the work:     @task("rosters.apply") in the slice's tasks.py, an async function that takes a `Run`.
                    Handlers may be started twice (after a crash); the effect happens once when it is made inside `run.effect(…)`.
Arguments and reports carry ids, codes and counts only: these tables are outside row-level security.
"""

from nuanyang.kit.jobs.models import Job, JobState
from nuanyang.kit.jobs.queue import ArgumentIsNotAnId, enqueue, find_job, list_jobs, request_cancel
from nuanyang.kit.jobs.registry import UnknownTask, task
from nuanyang.kit.jobs.run import AlreadyDone, JobCancelled, Run

__all__ = [
    "AlreadyDone",
    "ArgumentIsNotAnId",
    "Job",
    "JobCancelled",
    "JobState",
    "Run",
    "UnknownTask",
    "enqueue",
    "find_job",
    "list_jobs",
    "request_cancel",
    "task",
]
