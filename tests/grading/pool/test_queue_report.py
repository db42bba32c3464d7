"""What is said of jobs that wait, and what of a queue that cannot be read."""

from datetime import datetime
from pathlib import Path

import pytest

from autograder.grading.pool.queue_report import (
    NoAnswerError,
    QueuedJob,
    describe_waiting,
    read_queue,
)


def job(number: str, reason: str, state: str = "PENDING", minute: int = 0) -> QueuedJob:
    return QueuedJob(number, state, datetime(2026, 1, 10, 14, minute), reason)


def test_nothing_is_said_of_jobs_that_run() -> None:
    assert describe_waiting([job("7", "None", "RUNNING"), job("8", "None", "COMPLETING")], 2) == ""


def test_each_reason_is_said_once_and_the_longest_wait() -> None:
    jobs = [
        job("7", "None", "RUNNING"),
        job("9", "Priority", minute=30),
        job("8", "Resources", minute=5),
        job("10", "Priority", minute=40),
    ]
    assert describe_waiting(jobs, 4) == (
        "3 of 4 Slurm jobs wait, since 2026-01-10 14:05: Resources (the nodes are busy; it starts "
        "when there is room); Priority (other jobs are before it; it starts in its turn). Grading "
        "goes on by itself; Ctrl-C cancels the jobs."
    )


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("ReqNodeNotAvail, UnavailableNodes:n[1-4]", "`sinfo -R` says why"),
        ("Nodes required for job are DOWN, DRAINED or reserved", "`sinfo -R` says why"),
        ("PartitionTimeLimit", "compare jobqueue.yaml"),
        ("JobHeldAdmin", "`scontrol release 7`"),
        ("launch failed requeued held", "`scontrol release 7`"),
        ("QOSMaxCpuPerUserLimit", "fewer or smaller jobs"),
        ("AssocGrpCpuLimit", "fewer or smaller jobs"),
        ("Licenses", "`scontrol show job 7` says more"),
    ],
)
def test_each_reason_has_its_advice(reason: str, advice: str) -> None:
    assert f"{reason} (" in describe_waiting([job("7", reason)], 1)
    assert advice in describe_waiting([job("7", reason)], 1)


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("echo 'Unable to contact slurm controller' >&2; exit 1", "Unable to contact slurm"),
        ("exit 3", "squeue ended with 3"),
        ("echo 4194305", "squeue's answer cannot be read"),
        ("echo '4194305|PENDING|N/A|Resources'", "squeue's answer cannot be read"),
        ("exec sleep 600", "squeue did not answer within"),
    ],
    ids=["refuses", "fails", "short", "no date", "hangs"],
)
def test_a_queue_that_cannot_be_read_is_no_empty_one(
    program: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "squeue").write_text(f"#!/bin/sh\n{program}\n")
    (tmp_path / "squeue").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("autograder.grading.pool.queue_report.PATIENCE", 0.5)
    with pytest.raises(NoAnswerError, match=why):
        read_queue()
