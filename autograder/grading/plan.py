"""What is to be graded and what is kept, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from autograder.grading import fingerprint, gradebook, verdict
from autograder.grading.marking import Submission
from autograder.grading.pool.task import read_files

NEW = "for the first time"
ASKED = "as asked, although nothing has changed"
REMAINS = ("submission", "source", "verdict")
"""What must be as it was, for one exercise to be graded again without the others."""


@dataclass
class Plan:
    """What becomes of a unit's submissions.

    Attributes
    ----------
    unit : str
    parts : dict of str to str
        The unit's hashes; see `fingerprint.of_unit`.
    tree : dict of str to str
        Those that every worker must have too.
    todo : dict of Submission to str
        What is to be graded, and why.
    partly : dict of Submission to dict
        Those of them of which one exercise is graded, and what the others rest on.
    kept : list of Submission
        Those whose verdict holds.
    """

    unit: str
    parts: dict[str, str]
    tree: dict[str, str]
    todo: dict[Submission, str] = field(default_factory=dict)
    partly: dict[Submission, dict[str, str]] = field(default_factory=dict)
    kept: list[Submission] = field(default_factory=list)

    def explained(self) -> list[str]:
        """Say in a line for each reason what is graded, and what is kept."""
        lines = []
        if self.kept:
            lines.append(f"{len(self.kept)} kept: nothing has changed since they were graded")
        for why, number in Counter(self.todo.values()).items():
            lines.append(
                f"{number} graded {why}" if why == NEW else f"{number} graded again: {why}"
            )
        return lines


def planned(
    unit: str,
    submissions: Iterable[Submission],
    parts: dict[str, str],
    again: bool = False,
    exercise: str = "",
) -> Plan:
    """Compare what each verdict was recorded with to what there is now.

    Parameters
    ----------
    unit : str
    submissions : iterable of Submission
    parts : dict of str to str
        The unit's hashes.
    again : bool
        Grade all, whatever has changed.
    exercise : str
        Grade this one again and let the others be, where what was handed in is the same.
    """
    plan = Plan(unit, parts, fingerprint.tree(unit))
    recorded = gradebook.graded_students(unit)
    for item in submissions:
        path = verdict.verdict_folder(unit) / f"{item.student}.json"
        if item.student not in recorded or not path.exists():
            plan.todo[item] = NEW
            continue
        now = {**parts, "submission": read_files(item).digest}
        changed = fingerprint.changed(unit, item.student, now)
        if exercise and not set(REMAINS) & set(changed):
            plan.todo[item] = f"{exercise} alone, as asked"
            plan.partly[item] = fingerprint.load(unit, item.student)
        elif changed or again:
            plan.todo[item] = fingerprint.WHY[changed[0]] if changed else ASKED
        else:
            plan.kept.append(item)
    return plan
