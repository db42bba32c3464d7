"""What Slurm's queue says of a run's jobs, and what a person can do about those that wait."""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

PATIENCE = 60.0
"""Seconds within which squeue answers; it asks a controller that is away again and again."""

ADVICE = {
    "Resources": "the nodes are busy; it starts when there is room",
    "Priority": "other jobs are before it; it starts in its turn",
    "Nodes required": "its nodes are drained, down or reserved; `sinfo -R` says why",
    "ReqNodeNotAvail": "its nodes are drained, down or reserved; `sinfo -R` says why",
    "Reservation": "its nodes are reserved; `scontrol show reservation` says until when",
    "Partition": "its partition does not take it as it is; compare jobqueue.yaml with `sinfo -l`",
    "BeginTime": "Slurm starts it again in a minute or two",
    "JobHeld": "somebody holds it; `scontrol release {number}` lets it go on",
    "launch failed": "its node could not start it; `scontrol release {number}` lets it try again",
    "QOS": "a limit of your account; ask for fewer or smaller jobs",
    "Assoc": "a limit of your account; ask for fewer or smaller jobs",
    "BadConstraints": "no node has what jobqueue.yaml asks for; it never starts",
}
"""What to do, by how a reason of squeue's begins."""


@dataclass(frozen=True)
class QueuedJob:
    """A line of squeue's.

    Attributes
    ----------
    number, state, reason : str
        As Slurm writes them.
    since : datetime
        When it was submitted, by the controller's clock.
    """

    number: str
    state: str
    since: datetime
    reason: str

    @property
    def waits(self) -> bool:
        """Whether it has not been started."""
        return self.state == "PENDING"


class NoAnswerError(RuntimeError):
    """The queue could not be read; the message is Slurm's."""


def read_queue() -> dict[str, QueuedJob]:
    """Return this account's jobs by number.

    Raises
    ------
    NoAnswerError
    """
    command = ["squeue", "--noheader", "--format=%A|%T|%V|%r", "--user", str(os.getuid())]
    # An account's own settings of squeue could hide some, or write times in another way.
    around = {name: value for name, value in os.environ.items() if not name.startswith("SQUEUE_")}
    try:
        reply = subprocess.run(
            command,
            env=around | {"SLURM_TIME_FORMAT": "standard"},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
            process_group=0,  # Ctrl-C is for the run alone
        )
        jobs: dict[str, QueuedJob] = {}
        for line in reply.stdout.splitlines():
            number, state, since, reason = line.split("|", 3)
            jobs[number] = QueuedJob(number, state, datetime.fromisoformat(since), reason)
        return jobs
    except subprocess.CalledProcessError as error:
        raise NoAnswerError(
            error.stderr.strip() or f"squeue ended with {error.returncode}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError(f"squeue did not answer within {PATIENCE:.0f} s") from error
    except ValueError as error:
        raise NoAnswerError(f"squeue's answer cannot be read: {error}") from error


def describe_waiting(jobs: Iterable[QueuedJob], wanted: int) -> str:
    """Return in a line how many jobs wait, since when, and why; nothing if none does."""
    waiting = sorted((job for job in jobs if job.waits), key=lambda job: job.since)
    if not waiting:
        return ""
    firsts: dict[str, QueuedJob] = {}
    for job in waiting:
        firsts.setdefault(job.reason, job)
    whys = "; ".join(f"{job.reason} ({_advice(job)})" for job in firsts.values())
    verb = "waits" if len(waiting) == 1 else "wait"
    return (
        f"{len(waiting)} of {wanted} Slurm jobs {verb}, since {waiting[0].since:%Y-%m-%d %H:%M}: "
        f"{whys}. Grading goes on by itself; Ctrl-C cancels the jobs."
    )


def _advice(job: QueuedJob) -> str:
    for start, advice in ADVICE.items():
        if job.reason.startswith(start):
            return advice.format(number=job.number)
    return f"`scontrol show job {job.number}` says more"
