"""The instant check: run an answer on public inputs; call it right, or name its mistake."""

import html
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.checks.diagnosis import Mistake, recognise, symptoms
from course.checks.observation import Observation, Seen, difference, watch
from course.checks.stored_outcomes import Values, load

Probe = Callable[..., Iterator[Observation]]
"""Takes an exercise's functions and a random generator; yields what to observe."""

PUBLIC_SEED = 1929
"""The inputs of an instant check are the same for everybody; hidden tests draw others."""


class NotPassedError(AssertionError):
    """An answer is not right yet. Its message is what the student reads, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Outcome:
    """What a check found.

    Attributes
    ----------
    exercise : str
    passed : bool
    message : str
        One or two sentences for the student.
    mistake : str or None
        The catalogue's name of the mistake, where it was recognised.
    """

    exercise: str
    passed: bool
    message: str
    mistake: str | None = None

    def __bool__(self) -> bool:
        return self.passed

    def assert_passed(self) -> None:
        """Raise `NotPassedError` with the message, unless the answer passed."""
        if not self.passed:
            raise NotPassedError(self.message)

    def __repr__(self) -> str:
        return f"{'✓' if self.passed else '✗'} {self.exercise}: {self.message}"

    def _repr_html_(self) -> str:
        sign, word, colour = (
            ("✓", "right", "#009E73") if self.passed else ("✗", "not yet", "#D55E00")
        )
        return (
            f'<div role="status" style="border-left:6px solid {colour};padding:.4em .8em">'
            f"<strong>{sign} {html.escape(self.exercise)} — {word}</strong><br>"
            f"{html.escape(self.message)}</div>"
        )


@dataclass(frozen=True)
class Check:
    """One exercise's check; call it with the student's function or functions.

    Attributes
    ----------
    unit, exercise : str
    probe : callable
        What to observe, given the functions and a random generator.
    functions : tuple of str
        The names the student defines.
    given : tuple of str
        The names of earlier exercises that an answer may call.
    """

    unit: str
    exercise: str
    probe: Probe
    functions: tuple[str, ...]
    given: tuple[str, ...] = ()

    def __call__(self, *answers: Any) -> Outcome:
        """Check `answers`, in the order of `functions`, on the public inputs."""
        observations, seen = self.observe(*answers, rng=public_generator())
        return judge(self.exercise, observations, seen, load(self.unit, self.exercise))

    def observe(
        self, *answers: Any, rng: np.random.Generator
    ) -> tuple[list[Observation], list[Seen]]:
        """Run the probe on `answers` with inputs drawn from `rng`."""
        if len(answers) != len(self.functions):
            raise ValueError(
                f"check.{self.exercise} takes {', '.join(self.functions)}; got {len(answers)}"
            )
        return watch(self.probe(*answers, rng))


def public_generator() -> np.random.Generator:
    """Return the generator that instant checks draw their inputs from."""
    return np.random.default_rng(PUBLIC_SEED)


def exercise(*functions: str, given: tuple[str, ...] = ()) -> Callable[[Probe], Check]:
    """Make a probe the check of the exercise it is named after.

    Without `functions` the exercise asks for one function that bears its name. The unit is the
    `UNIT` of the module that defines the probe.
    """

    def decorate(probe: Probe) -> Check:
        name = probe.__name__
        unit = vars(sys.modules[probe.__module__])["UNIT"]
        check = Check(unit, name, probe, functions or (name,), given)
        object.__setattr__(check, "__doc__", inspect.getdoc(probe))
        return check

    return decorate


def judge(
    exercise: str,
    observations: list[Observation],
    seen: list[Seen],
    values: Values,
    tell_size: bool = True,
) -> Outcome:
    """Compare what an answer gave with the right values and with those of the known mistakes.

    `tell_size` lets an unrecognised difference be told with its size; hidden tests tell only where.
    """
    wrong = sorted(symptoms(values.right, seen))
    if not wrong:
        return Outcome(exercise, True, f"all {len(seen)} checks hold.")
    if all(seen[i].raised == "NotImplementedError" for i in wrong):
        return Outcome(exercise, False, _unwritten([seen[i] for i in wrong]))
    calls = [i for i in wrong if not observations[i].law]
    if calls and all(seen[i].value is None and not seen[i].raised for i in calls):
        return Outcome(exercise, False, "the function gives nothing back: end it with `return`.")
    mistake: Mistake | None = recognise(values.right, seen, values.mistakes)
    if mistake:
        return Outcome(exercise, False, mistake.hint, mistake.name)
    return Outcome(exercise, False, _explain(observations, seen, values.right, wrong, tell_size))


def _unwritten(seen: list[Seen]) -> str:
    """Say which functions or methods still raise where an answer belongs."""
    names = list(dict.fromkeys(note.within for note in seen if note.within))
    if not names:
        return "nothing written yet, here or in a function it calls: replace the line that raises."
    return f"nothing written yet in {', '.join(names)}: replace the line that raises."


def _explain(
    observations: list[Observation],
    seen: list[Seen],
    right: tuple[Seen, ...],
    wrong: list[int],
    tell_size: bool,
) -> str:
    first = wrong[0]
    what, note = observations[first], seen[first]
    count = f" ({len(wrong)} of {len(seen)} checks fail.)"
    if note.raised == "ChangedInputError":
        return f"{note.said}.{count}"
    if note.raised:
        return f"{what.what} raised {note.raised}: {note.said}.{count}"
    if what.law:
        return f"this should hold, and does not: {what.what}.{count}"
    if right[first].raised:
        return f"{what.what} should raise {right[first].raised}.{count}"
    told = (
        difference(right[first].value, note.value, what.parts) if tell_size else "the result is off"
    )
    return f"{what.what}: {told}.{count}"
