"""Decide which submissions to grade, which verdicts still hold, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from autograder.grading import fingerprint, gradebook, verdict
from autograder.grading.marking import Submission
from autograder.grading.pool.task import read_files

NEW = "for the first time"
REQUESTED = "as requested, although nothing has changed"
NEEDED_UNCHANGED = ("submission", "source", "verdict")
"""Fingerprints that must match for one exercise to be graded again without the others."""


@dataclass
class Plan:
    """What to do with a unit's submissions.

    Attributes
    ----------
    unit : str
    hashes : dict of str to str
        The unit's fingerprint; see `fingerprint.hash_unit`.
    tree : dict of str to str
        The part of it that every worker's source tree must match.
    todo : dict of Submission to str
        Submissions to grade, and why.
    partial : dict of Submission to dict
        Those of `todo` in which one exercise is graded, with the fingerprint of the others.
    unchanged : list of Submission
        Submissions whose verdict still holds.
    """

    unit: str
    hashes: dict[str, str]
    tree: dict[str, str]
    todo: dict[Submission, str] = field(default_factory=dict)
    partial: dict[Submission, dict[str, str]] = field(default_factory=dict)
    unchanged: list[Submission] = field(default_factory=list)

    def explain(self) -> list[str]:
        """Return one line for each reason: how many are graded or unchanged, and why."""
        lines = []
        if self.unchanged:
            lines.append(f"{len(self.unchanged)} kept: nothing has changed since they were graded")
        for why, number in Counter(self.todo.values()).items():
            lines.append(
                f"{number} graded {why}" if why == NEW else f"{number} graded again: {why}"
            )
        return lines


def make_plan(
    unit: str,
    submissions: Iterable[Submission],
    hashes: dict[str, str],
    again: bool = False,
    exercise: str = "",
) -> Plan:
    """Compare each recorded verdict's fingerprint with the current one.

    Parameters
    ----------
    unit : str
    submissions : iterable of Submission
    hashes : dict of str to str
        The unit's current fingerprint.
    again : bool
        Grade all submissions, changed or not.
    exercise : str
        Grade only this exercise again in submissions that have not changed.
    """
    plan = Plan(unit, hashes, fingerprint.hash_tree(unit))
    graded = gradebook.graded_students(unit)
    for item in submissions:
        path = verdict.verdict_folder(unit) / f"{item.student}.json"
        if item.student not in graded or not path.exists():
            plan.todo[item] = NEW
            continue
        current = {**hashes, "submission": read_files(item).digest}
        changes = fingerprint.find_changes(unit, item.student, current)
        if exercise and not set(NEEDED_UNCHANGED) & set(changes):
            plan.todo[item] = f"only {exercise}, as requested"
            plan.partial[item] = fingerprint.load_hashes(unit, item.student)
        elif changes or again:
            plan.todo[item] = fingerprint.REASONS[changes[0]] if changes else REQUESTED
        else:
            plan.unchanged.append(item)
    return plan
