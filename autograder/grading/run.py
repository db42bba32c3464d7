"""Grade a class: mark the submissions that need it, and record each result."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import chain
from pathlib import Path

from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder import nbgrader_bridge, paths
from autograder.forkserver.client import ForkServerClient
from autograder.forkserver.requirements import needs_tensorflow
from autograder.grading import fingerprint, verdict
from autograder.grading.exercise import restore_other_exercises, units_with_exercise
from autograder.grading.gradebook import open_gradebook, register_unit
from autograder.grading.intake import find_submissions
from autograder.grading.interrupt import defer_interrupts
from autograder.grading.lock import lock_classroom
from autograder.grading.marking import Submission, mark_as_failed
from autograder.grading.plan import Plan, make_plan
from autograder.grading.pool import preload
from autograder.grading.pool.opening import open_pool
from autograder.grading.pool.pool import WorkerLost, WorkerPool
from autograder.grading.pool.task import Task, TaskResult, read_files
from autograder.grading.record import record
from autograder.grading.rules.unit_rules import load_rules
from autograder.grading.verdict import Verdict
from autograder.plugins import shared_fork_servers
from autograder.plugins.examine import Examine
from autograder.submission.released_cells import ReleasedUnit

log = logging.getLogger(__name__)


def grade(
    units: str | Sequence[str],
    students: Iterable[str] | None = None,
    on_verdict: Callable[[Verdict], None] = lambda verdict: None,
    workers: int = 1,
    trust_students: bool = False,
    *,
    scheduler: str = "",
    jobs: int = 0,
    again: bool = False,
    exercise: str = "",
    on_plan: Callable[[Plan], None] = lambda plan: None,
    on_wait: Callable[[str], None] = lambda line: None,
) -> list[Verdict]:
    """Grade all submissions that have no verdict yet or whose fingerprint has changed.

    Points and comments go into nbgrader's gradebook; points given by hand are kept. Verdicts are
    written below `classroom/verdicts`. Wherever submissions are marked, this process alone records,
    one after the other.

    Parameters
    ----------
    units : str or sequence of str
        Full names.
    students : iterable of str, optional
        Grade only these.
    on_verdict : callable, optional
        Called after each graded submission.
    workers : int
        Number of marking processes; see `open_pool`.
    trust_students : bool
        Run students' code without a sandbox.
    scheduler : str
        Address of a Dask cluster to mark on.
    jobs : int
        Number of Slurm jobs to mark on.
    again : bool
        Grade unchanged submissions too.
    exercise : str
        Grade this exercise again in all submissions; points of the others are kept.
    on_plan : callable, optional
        Called for each unit, before grading begins, with what will be graded and why.
    on_wait : callable, optional
        Called with a line every few minutes in which Slurm jobs wait: how many, since when, why.

    Returns
    -------
    list of Verdict
        One for each submission, graded now or before.

    Raises
    ------
    GradingError
        If the gradebook rejects something, no workers are available, or another process is grading
        this classroom.
    NoSandboxError
        If no sandbox is available and students are not trusted; nothing was graded then.
    KeyboardInterrupt
        On Ctrl-C or SIGTERM; every verdict passed to `on_verdict` is recorded.
    """
    chosen = None if students is None else list(students)
    names = [units] if isinstance(units, str) else units
    submitted = {unit: found for unit in names if (found := find_submissions(unit, chosen))}
    if not submitted:
        return []
    settings = nbgrader_bridge.config()
    if trust_students:
        settings.Examine.trust_students = True
    with lock_classroom():
        servers: dict[str, ForkServerClient] = {}
        if not (scheduler or jobs):
            servers = _shared_servers(settings, submitted, workers, bool(again or exercise))
        load_rules(submitted)  # what cannot be read is said before anything is marked
        sources = {unit: register_unit(unit) for unit in submitted}
        if exercise:
            submitted = {unit: submitted[unit] for unit in units_with_exercise(exercise, sources)}
        plans = {}
        for unit, items in submitted.items():
            hashes = fingerprint.hash_unit(unit, sources[unit], settings.Examine)
            plans[unit] = make_plan(unit, items, hashes, again, exercise)
            on_plan(plans[unit])
        todo = sum(len(plan.todo) for plan in plans.values())
        # With more than one wanted, use at least two: a submission cannot kill this process.
        at_once = min(workers, max(2, todo))
        pool = partial(open_pool, at_once, scheduler, jobs, servers, on_wait=on_wait)
        if todo:
            _mark_all(plans, sources, settings, exercise, pool, on_verdict)
        return [verdict.load_verdict(_verdict_path(item)) for item in chain(*submitted.values())]


def _mark_all(
    plans: Mapping[str, Plan],
    sources: Mapping[str, ReleasedUnit],
    settings: Config,
    exercise: str,
    make_pool: Callable[..., AbstractContextManager[WorkerPool]],
    on_verdict: Callable[[Verdict], None],
) -> None:
    """Mark all that is planned, and record each result as it arrives."""
    with (
        defer_interrupts() as guard,
        open_gradebook() as gradebook,
        make_pool(interruptible=guard.interruptible) as pool,
    ):
        logged: set[str] = set()
        for task, outcome in pool.run(_tasks(plans.values(), sources, settings)):
            _forward_log(outcome, logged)
            plan = plans[task.submission.unit]
            on_verdict(_record_outcome(task, outcome, plan, exercise, gradebook))


def _shared_servers(
    settings: Config, submitted: Mapping[str, list[Submission]], workers: int, all_again: bool
) -> dict[str, ForkServerClient]:
    """Return the fork servers that local workers share, started if there is work for them.

    Raises
    ------
    NoSandboxError
        If no sandbox is available and students are not trusted.
    """
    confinement = Examine(config=settings).confinement()
    if workers <= 1:
        return {}
    servers = shared_fork_servers.fork_servers(confinement, any(map(needs_tensorflow, submitted)))
    recorded = (_verdict_path(item).exists() for item in chain(*submitted.values()))
    if all_again or not all(recorded):
        preload.start_preload()  # imports run in parallel to planning
        for server in servers.values():
            server.begin()
    return servers


def _tasks(
    plans: Iterable[Plan], sources: Mapping[str, ReleasedUnit], settings: Config
) -> Iterator[Task]:
    """Yield a task for each submission to grade; its files are read when it is taken."""
    secret, options = paths.secret(), dict(settings.Examine)
    for plan in plans:
        for item in plan.todo:
            files = read_files(item)
            yield Task(item, files, sources[plan.unit], options, secret, plan.tree)


def _record_outcome(
    task: Task, outcome: TaskResult | WorkerLost, plan: Plan, exercise: str, gradebook: Gradebook
) -> Verdict:
    """Record a task's outcome and its fingerprint."""
    item = task.submission
    if isinstance(outcome, WorkerLost):
        marked = mark_as_failed(item, task.source, outcome.why, outcome.detail)
    else:
        marked = outcome.marked_submission()
    hashes, only = {**plan.hashes, "submission": task.files.digest}, ""
    if item in plan.partial:
        try:
            marked, hashes = restore_other_exercises(marked, exercise), plan.partial[item]
            only = exercise
        except (OSError, ValueError) as error:
            log.warning("%s, %s: all exercises graded, because %s", item.student, item.unit, error)
    recorded = record(marked, item, gradebook, only)
    fingerprint.save_hashes(item.unit, item.student, hashes)
    return recorded


def _verdict_path(item: Submission) -> Path:
    return verdict.verdict_folder(item.unit) / f"{item.student}.json"


def _forward_log(outcome: TaskResult | WorkerLost, logged: set[str]) -> None:
    """Log a worker's lines, each once a run: workers do not know each other's."""
    for line in outcome.log_lines if isinstance(outcome, TaskResult) else ():
        if line not in logged:
            logged.add(line)
            log.warning("%s", line)
