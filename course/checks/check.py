"""The instant check: run an answer on public inputs and say that it is right, or what is wrong."""

import html
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.checks.diagnosis import Mistake, diagnose, symptoms
from course.checks.observation import Observation, Outcome, difference, run_probe
from course.checks.stored_outcomes import StoredOutcomes, load_outcomes

Probe = Callable[..., Iterator[Observation]]
"""Takes an exercise's functions and a random generator; yields observations to evaluate."""

PUBLIC_SEED = 1929
"""Every student's instant check uses the same inputs; hidden tests draw others."""


class NotPassedError(AssertionError):
    """An answer is not right yet. The student sees its message without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class CheckResult:
    """The result of a check.

    Attributes
    ----------
    exercise : str
    passed : bool
    message : str
        One or two sentences for the student.
    mistake : str or None
        The catalogue's name of the mistake, if it was diagnosed.
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
        sign, label, colour = (
            ("✓", "right", "#009E73") if self.passed else ("✗", "not yet", "#D55E00")
        )
        return (
            f'<div role="status" style="border-left:6px solid {colour};padding:.4em .8em">'
            f"<strong>{sign} {html.escape(self.exercise)} — {label}</strong><br>"
            f"{html.escape(self.message)}</div>"
        )


@dataclass(frozen=True)
class Check:
    """One exercise's check; call it with the student's function or functions.

    Attributes
    ----------
    unit, exercise : str
    probe : callable
        Yields the observations, given the functions and a random generator.
    functions : tuple of str
        The names the student defines.
    given : tuple of str
        The earlier exercises whose functions an answer may call.
    """

    unit: str
    exercise: str
    probe: Probe
    functions: tuple[str, ...]
    given: tuple[str, ...] = ()

    def __call__(self, *answers: Any) -> CheckResult:
        """Check `answers`, in the order of `functions`, on the public inputs."""
        observations, outcomes = self.observe(*answers, rng=public_generator())
        stored = load_outcomes(self.unit, self.exercise)
        return judge(self.exercise, observations, outcomes, stored)

    def observe(
        self, *answers: Any, rng: np.random.Generator
    ) -> tuple[list[Observation], list[Outcome]]:
        """Run the probe on `answers`, on inputs drawn from `rng`."""
        if len(answers) != len(self.functions):
            raise ValueError(
                f"check.{self.exercise} takes {', '.join(self.functions)}; got {len(answers)}"
            )
        return run_probe(self.probe(*answers, rng))


def public_generator() -> np.random.Generator:
    """Return the random generator of the instant checks' inputs."""
    return np.random.default_rng(PUBLIC_SEED)


def child_generator(rng: np.random.Generator) -> np.random.Generator:
    """Return a generator for an answer to use, so that its draws do not change the probe's own."""
    return np.random.default_rng(int(rng.integers(2**32)))


def call_once(function: Callable[[], Any]) -> Callable[[], Any]:
    """Return a function that calls `function` once and ends in the same way every time."""
    ends: list[Callable[[], Any]] = []

    def result() -> Any:
        if not ends:
            try:
                value = function()
            except Exception as error:
                raised = error
                ends.append(lambda: _raise(raised))
            else:
                ends.append(lambda: value)
        return ends[0]()

    return result


def _raise(error: Exception) -> Any:
    raise error


def exercise(*functions: str, given: tuple[str, ...] = ()) -> Callable[[Probe], Check]:
    """Turn a probe into the check of the exercise it is named after.

    Without `functions` the exercise is one function of the same name. The unit is the constant
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
    outcomes: list[Outcome],
    stored: StoredOutcomes,
    show_size: bool = True,
) -> CheckResult:
    """Compare an answer's outcomes with those of the right answer and of the known mistakes.

    With `show_size` the message gives the size of an undiagnosed difference; hidden tests give only
    its place.
    """
    wrong = sorted(symptoms(stored.right, outcomes))
    if not wrong:
        return CheckResult(exercise, True, f"all {len(outcomes)} checks hold.")
    if all(outcomes[i].raised == "NotImplementedError" for i in wrong):
        return CheckResult(exercise, False, _unwritten([outcomes[i] for i in wrong]))
    mistake: Mistake | None = diagnose(stored.right, outcomes, stored.mistakes)
    if mistake:
        return CheckResult(exercise, False, mistake.hint, mistake.name)
    calls = [outcomes[i] for i in wrong if not observations[i].invariant]
    if calls and all(outcome.value is None and not outcome.raised for outcome in calls):
        return CheckResult(exercise, False, "your function returns None: is a `return` missing?")
    message = _explain(observations, outcomes, stored.right, wrong, show_size)
    return CheckResult(exercise, False, message)


def _unwritten(outcomes: list[Outcome]) -> str:
    """List the functions or methods that still raise NotImplementedError."""
    names = list(dict.fromkeys(found.raised_in for found in outcomes if found.raised_in))
    if not names:
        return "nothing written yet, here or in a function it calls: replace the line that raises."
    return f"nothing written yet in {', '.join(names)}: replace the line that raises."


def _explain(
    observations: list[Observation],
    outcomes: list[Outcome],
    right: tuple[Outcome, ...],
    wrong: list[int],
    show_size: bool,
) -> str:
    first = wrong[0]
    observation, outcome, expected = observations[first], outcomes[first], right[first]
    name, count = observation.description, f" ({len(wrong)} of {len(outcomes)} checks fail.)"
    if outcome.raised == "NothingReturnedError":
        return outcome.message
    if outcome.raised == "ChangedInputError":
        return f"{outcome.message}.{count}"
    if outcome.raised:
        return f"{name} raised {outcome.raised}: {outcome.message}.{count}"
    if observation.invariant:
        return f"this property should hold but does not: {name}.{count}"
    if expected.raised:
        return f"{name} should raise {expected.raised}.{count}"
    if not show_size:
        return f"{name}: the result is off.{count}"
    return f"{name}: {difference(expected.value, outcome.value, observation.parts)}.{count}"
