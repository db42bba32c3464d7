"""The instant check: run an answer on public inputs and say that it is right, or what is wrong."""

import html
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import numpy as np

from course import live_board
from course.checks.diagnosis import Diagnosis, diagnose, symptoms
from course.checks.difference import difference
from course.checks.observation import Observation, Outcome, run_probe
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
    board : str
        What was told to a live board, in a sentence; empty where there is none.
    """

    exercise: str
    passed: bool
    message: str
    mistake: str | None = None
    board: str = ""

    def __bool__(self) -> bool:
        return self.passed

    def assert_passed(self) -> None:
        """Raise `NotPassedError` with the message, unless the answer passed."""
        if not self.passed:
            raise NotPassedError(self.message)

    def __repr__(self) -> str:
        told = f"\n{self.board}" if self.board else ""
        return f"{'✓' if self.passed else '✗'} {self.exercise}: {self.message}{told}"

    def _repr_html_(self) -> str:
        sign, label, colour = (
            ("✓", "right", "#009E73") if self.passed else ("✗", "not yet", "#D55E00")
        )
        told = f"<br><small>{html.escape(self.board)}</small>" if self.board else ""
        return (
            f'<div role="status" style="border-left:6px solid {colour};padding:.4em .8em">'
            f"<strong>{sign} {html.escape(self.exercise)} — {label}</strong><br>"
            f"{html.escape(self.message)}{told}</div>"
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
    """

    unit: str
    exercise: str
    probe: Probe
    functions: tuple[str, ...]

    def __call__(self, *answers: Any) -> CheckResult:
        """Check `answers`, in the order of `functions`, on the public inputs."""
        observations, outcomes = self.observe(*answers)
        stored = load_outcomes(self.unit, self.exercise)
        result = judge(self.exercise, observations, outcomes, stored)
        told = live_board.report(self.unit, self.exercise, result.passed, result.mistake)
        return replace(result, board=told) if told else result

    def observe(self, *answers: Any) -> tuple[list[Observation], list[Outcome]]:
        """Run the probe on `answers`, on the public inputs."""
        if len(answers) != len(self.functions):
            raise ValueError(
                f"check.{self.exercise} takes {', '.join(self.functions)}; got {len(answers)}"
            )
        return run_probe(self.probe(*answers, public_generator()))


def instant_checks(unit: str) -> dict[str, Check]:
    """Return the instant checks of a unit, by exercise."""
    module = import_module(f"course.checks.{unit.split('_', 1)[1]}")
    return {name: item for name, item in vars(module).items() if isinstance(item, Check)}


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


def exercise(*functions: str) -> Callable[[Probe], Check]:
    """Turn a probe into the check of the exercise it is named after.

    Without `functions` the exercise is one function of the same name. The unit is the constant
    `UNIT` of the module that defines the probe.
    """

    def decorate(probe: Probe) -> Check:
        name = probe.__name__
        unit = vars(sys.modules[probe.__module__])["UNIT"]
        check = Check(unit, name, probe, functions or (name,))
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
    found = diagnose(stored.right, outcomes, stored.mistakes)
    if found and not found.unexplained:
        return _named(exercise, found)
    forgotten = _forgotten_return(observations, outcomes, wrong)
    if forgotten:
        return CheckResult(exercise, False, forgotten)
    rest = list(found.unexplained) if found else wrong
    message = _explain(observations, outcomes, stored.right, rest, show_size)
    if found is None:
        count = f"({len(wrong)} of {len(outcomes)} checks fail.)"
        return CheckResult(exercise, False, f"{message}. {count}")
    share = f"{len(wrong) - len(rest)} of the {len(wrong)} checks that fail"
    part = f"This may be a part of it: {found.mistakes[0].hint} (It would explain {share}.)"
    return CheckResult(exercise, False, f"{part} Besides, {message}.")


def _named(exercise: str, found: Diagnosis) -> CheckResult:
    """Return the result for a mistake, or two, that explain everything."""
    hints = [mistake.hint for mistake in found.mistakes]
    if len(hints) > 1:
        return CheckResult(exercise, False, f"Two things. {hints[0]} And: {hints[1]}")
    return CheckResult(exercise, False, hints[0], found.mistakes[0].name)


def _unwritten(outcomes: list[Outcome]) -> str:
    """List the functions or methods that still raise NotImplementedError."""
    names = list(dict.fromkeys(found.raised_in for found in outcomes if found.raised_in))
    if not names:
        return "nothing written yet, here or in a function it calls: replace the line that raises."
    return f"nothing written yet in {', '.join(names)}: replace the line that raises."


def _forgotten_return(
    observations: list[Observation], outcomes: list[Outcome], wrong: list[int]
) -> str:
    """Say that a `return` is missing, if there is None in the place of a result.

    Where a check takes a result apart, None raises in the check's own lines. Statements about an
    answer, and properties of it, follow from what is returned.
    """
    results = [
        i
        for i, outcome in enumerate(outcomes)
        if not observations[i].invariant and not isinstance(outcome.value, str)
    ]
    empty = [i for i in results if i in wrong and _is_none(outcomes[i])]
    if not empty:
        return ""
    if all(outcomes[i].value is None for i in results):
        return "your function returns None: is a `return` missing?"
    name = observations[empty[0]].description
    return f"{name} returns None: is a case, or its `return`, missing?"


def _is_none(outcome: Outcome) -> bool:
    if outcome.raised:
        return not outcome.place and "NoneType" in outcome.message
    return outcome.value is None


def _explain(
    observations: list[Observation],
    outcomes: list[Outcome],
    right: tuple[Outcome, ...],
    wrong: list[int],
    show_size: bool,
) -> str:
    """Describe the first of the wrong outcomes, without a full stop."""
    first = wrong[0]
    observation, outcome, expected = observations[first], outcomes[first], right[first]
    name = observation.description
    if outcome.raised in ("ChangedInputError", "NothingReturnedError"):
        return outcome.message
    if outcome.raised:
        text = f": {outcome.message}" if outcome.message else ""
        place = f" ({outcome.place})" if outcome.place else ""
        return f"{name} raised {outcome.raised}{text.rstrip('.')}{place}"
    if observation.invariant:
        return f"this property should hold but does not: {name}"
    if expected.raised:
        return f"{name} should raise {expected.raised}"
    if not show_size:
        return f"{name}: the result is off"
    return f"{name}: {difference(expected.value, outcome.value, observation.parts)}"
