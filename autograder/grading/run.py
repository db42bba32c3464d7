"""Grade a class: mark submissions, and record what came of each."""

import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

from nbgrader.api import Gradebook

from autograder import nbgrader_bridge, paths
from autograder.forkserver.client import ForkServerClient
from autograder.forkserver.requirements import is_heavy
from autograder.grading import fingerprint, verdict
from autograder.grading.exercise import keep_others, units_with
from autograder.grading.gradebook import GradingError, enrol, open_gradebook
from autograder.grading.interrupt import whole_records
from autograder.grading.marking import Submission, refused
from autograder.grading.plan import Plan, planned
from autograder.grading.pool import preload
from autograder.grading.pool.pool import WorkerLost, open_pool
from autograder.grading.pool.task import MarkedTask, Task, read_files
from autograder.grading.record import record
from autograder.grading.verdict import Verdict
from autograder.plugins import shared_parents
from autograder.plugins.examine import Examine

log = logging.getLogger(__name__)


def submitted() -> Path:
    """Return the folder of submissions.

    Raises
    ------
    GradingError
        If there is none; the message says what to do first.
    """
    folder = paths.classroom() / "submitted"
    if not folder.is_dir():
        raise GradingError(
            f"there is no folder {_shown(folder)} yet. Put what each student hands in at "
            f"{_shown(folder)}/STUDENT/UNIT/UNIT.ipynb, or see a made-up class: `autograder demo`"
        )
    return folder


def students() -> list[str]:
    """Return the ids of all students who handed anything in: the names of their folders."""
    return sorted(path.name for path in submitted().iterdir() if _is_folder(path))


def submissions(unit: str, chosen: Iterable[str] | None = None) -> list[Submission]:
    """Return what was handed in for a unit, by all students or by those chosen.

    Raises
    ------
    paths.UnknownNameError
        If a student is named who handed in nothing at all.
    """
    known = students()
    chosen = list(dict.fromkeys(chosen or known))
    for name in chosen:
        if name not in known:
            raise paths.UnknownNameError("student", name, known)
    found = [Submission(name, unit, submitted() / name / unit) for name in chosen]
    return [item for item in found if _is_there(item.folder)]


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
) -> list[Verdict]:
    """Grade what was handed in, unless it is graded and nothing has changed since.

    Points, comments and everything else of a grade go into nbgrader's gradebook; what was given by
    hand stays. Verdicts are written below `classroom/verdicts`. Whoever marks, one writer records:
    this process, one submission after the other.

    Parameters
    ----------
    units : str or sequence of str
        Full names.
    students : iterable of str, optional
        Grade these only.
    on_verdict : callable, optional
        Called after each submission that is graded.
    workers : int
        How many processes mark; see `open_pool`.
    trust_students : bool
        Run students' code without a sandbox.
    scheduler : str
        Address of a Dask cluster whose workers mark.
    jobs : int
        How many Slurm jobs mark.
    again : bool
        Grade also what has not changed.
    exercise : str
        Grade this exercise again for all; the points of the others stay.
    on_plan : callable, optional
        Called for each unit, with what is to be graded and why, before grading begins.

    Returns
    -------
    list of Verdict
        Of all that were handed in, also those that were kept.

    Raises
    ------
    GradingError
        If the gradebook does not take something, or the workers cannot be had.
    NoSandboxError
        If there can be no sandbox and students are not trusted; nothing was graded then.
    KeyboardInterrupt
        If it was stopped, by Ctrl-C or SIGTERM; what `on_verdict` was called with is recorded.
    """
    chosen = None if students is None else list(students)
    names = [units] if isinstance(units, str) else units
    handed_in = {unit: found for unit in names if (found := submissions(unit, chosen))}
    settings = nbgrader_bridge.config()
    if trust_students:
        settings.Examine.trust_students = True
    parents: dict[str, ForkServerClient] = {}
    if handed_in and not (scheduler or jobs):
        confinement = Examine(config=settings).confinement()
        if workers > 1:
            parents = shared_parents.parents(confinement, any(map(is_heavy, handed_in)))
            recorded = (_path(item).exists() for item in chain(*handed_in.values()))
            if again or exercise or not all(recorded):
                preload.start_preload()  # there will be work, so let all be ready when it is known
                for each in parents.values():
                    each.begin()
    sources = {unit: enrol(unit) for unit in handed_in}
    if exercise and handed_in:
        handed_in = {unit: handed_in[unit] for unit in units_with(exercise, sources)}
    plans = {}
    for unit, items in handed_in.items():
        parts = fingerprint.of_unit(unit, sources[unit], settings.Examine)
        plans[unit] = planned(unit, items, parts, again, exercise)
        on_plan(plans[unit])
    todo = [(plan, item) for plan in plans.values() for item in plan.todo]
    if todo:
        secret = paths.secret()
        tasks = (
            Task(
                item,
                read_files(item),
                sources[plan.unit],
                dict(settings.Examine),
                secret,
                plan.tree,
            )
            for plan, item in todo
        )
        with (
            whole_records() as records,
            open_gradebook() as gradebook,
            # Two at least where more than one is wanted: no submission can end this process.
            open_pool(min(workers, max(2, len(todo))), scheduler, jobs, parents) as pool,
        ):
            said: set[str] = set()
            for task, outcome in pool.run(tasks):
                _relay(outcome, said)
                plan = plans[task.submission.unit]
                with records:
                    on_verdict(_take(task, outcome, plan, exercise, gradebook))
    return [verdict.load(_path(item)) for item in chain(*handed_in.values())]


def _take(
    task: Task, outcome: MarkedTask | WorkerLost, plan: Plan, exercise: str, gradebook: Gradebook
) -> Verdict:
    """Record what came of a task, and what that rests on."""
    item = task.submission
    if isinstance(outcome, WorkerLost):
        marked = refused(item, task.source, outcome.why)
    else:
        marked = outcome.marked()
    parts = {**plan.parts, "submission": task.files.digest}
    if item in plan.partly:
        try:
            marked, parts = keep_others(marked, exercise), plan.partly[item]
        except (OSError, ValueError) as error:
            log.warning("%s, %s: graded whole, as %s", item.student, item.unit, error)
    recorded = record(marked, item, gradebook)
    fingerprint.save(item.unit, item.student, parts)
    return recorded


def _path(item: Submission) -> Path:
    return verdict.verdict_folder(item.unit) / f"{item.student}.json"


def _relay(outcome: MarkedTask | WorkerLost, said: set[str]) -> None:
    """Log what there was to log, each line once a run: no worker knows what others said."""
    for line in outcome.log_lines if isinstance(outcome, MarkedTask) else ():
        if line not in said:
            said.add(line)
            log.warning("%s", line)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError as error:  # what this account may not see is told in a verdict
        return not isinstance(error, FileNotFoundError)
    return True


def _shown(path: Path) -> Path:
    return path.relative_to(paths.FOLDER) if path.is_relative_to(paths.FOLDER) else path
