"""What the class's instant checks say now: students × exercises, and the commonest mistake."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from autograder import paths
from course.checks.stored_outcomes import known_mistakes
from course.live_board import pseudonym

MAX_STUDENTS = 1000
"""More than any class; whoever floods the board finds it full."""
_KEY = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class CheckState:
    """How an exercise stands for a student.

    Attributes
    ----------
    right : bool
        By the last check.
    mistake : str or None
        The catalogue's name.
    tries : int
        Checks so far.
    """

    right: bool
    mistake: str | None
    tries: int


class Standings:
    """The last check of each student and exercise; kept in memory alone.

    Attributes
    ----------
    version : int
        Goes up with each report.
    """

    def __init__(self) -> None:
        self.version = 0
        self._states: dict[str, dict[tuple[str, str], CheckState]] = {}

    def take(self, body: bytes) -> bool:
        """Take a report; tell whether it is one: of words of the course, and nothing else."""
        try:
            told = json.loads(body)
            who, unit, exercise = told["who"], told["unit"], told["exercise"]
            right, mistake = told["right"], told["mistake"]
            if unit not in paths.units() or mistake not in (None, *known_mistakes(unit)[exercise]):
                return False
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
        if not (isinstance(who, str) and _KEY.fullmatch(who) and isinstance(right, bool)):
            return False
        if who not in self._states and len(self._states) >= MAX_STUDENTS:
            return False
        states = self._states.setdefault(who, {})
        before = states.get((unit, exercise))
        states[unit, exercise] = CheckState(right, mistake, 1 + (before.tries if before else 0))
        self.version += 1
        return True

    def as_data(self) -> dict[str, Any]:
        """Return what the page shows: units with their exercises, students, and mistakes."""
        seen = {unit for states in self._states.values() for unit, _ in states}
        columns = [(unit, name) for unit in sorted(seen) for name in exercises_of(unit)]
        return {
            "version": self.version,
            "columns": [[unit[:2], name.replace("_", " ")] for unit, name in columns],
            "students": sorted(
                (
                    {"name": pseudonym(who), "states": [_cell(states.get(key)) for key in columns]}
                    for who, states in self._states.items()
                ),
                key=lambda row: str(row["name"]),
            ),
            "mistakes": self._mistakes(),
        }

    def _mistakes(self) -> list[dict[str, Any]]:
        """Return the mistakes that stand now, the commonest first."""
        counted = Counter(
            (unit, exercise, state.mistake)
            for states in self._states.values()
            for (unit, exercise), state in states.items()
            if state.mistake
        )
        return [
            {"unit": unit[:2], "exercise": exercise.replace("_", " "), "name": name, "count": count}
            for (unit, exercise, name), count in sorted(
                counted.items(), key=lambda item: (-item[1], item[0])
            )
        ]


@cache
def exercises_of(unit: str) -> tuple[str, ...]:
    """Return the exercises of a unit that have an instant check, in the order of its notebook."""
    text = (paths.RELEASED / unit / f"{unit}.ipynb").read_text(encoding="utf-8")
    names = (
        cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in json.loads(text)["cells"]
    )
    return tuple(name for name in names if name in known_mistakes(unit))


def _cell(state: CheckState | None) -> list[Any] | None:
    return None if state is None else [state.right, state.mistake or "", state.tries]
