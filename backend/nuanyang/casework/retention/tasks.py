"""Dry runs and erasures as jobs."""

from nuanyang.casework.retention.service import running
from nuanyang.kit.jobs import Run, task


def _clerk(run: Run) -> running.Clerk:
    if run.school_id is None:
        raise ValueError("retention is a matter of one school")
    return running.Clerk(run.school_id, run.account_id)


def _report(run: Run, phase: str) -> running.Report:
    async def report(done: int, total: int) -> None:
        await run.progress(done, total, phase=phase)

    return report


@task("retention.show")
async def show(run: Run) -> None:
    """A dry run; taken up again after a crash, it goes on with the students it has not shown yet."""
    await running.show(run.database, _clerk(run), _report(run, "showing"), run_id=run.job_id)


@task("retention.apply")
async def apply(run: Run) -> None:
    """Do what a dry run has shown; each student once, however often the job is started."""
    await running.apply(run.database, _clerk(run), run.id_of("run_id"), _report(run, "erasing"))


@task("retention.night")
async def night(run: Run) -> None:
    """The school's night: what has been shown for long enough, then the next dry run."""
    await running.night(run.database, _clerk(run), run.job_id, _report(run, "erasing"))
