"""Checks that end at the first observation which differs: enough to refuse an answer.

A wrong answer is refused by most of an exercise's observations, and many of them call it: a check
that a student waits for looks at all of them to name the mistake, one of a thousand mutants need
not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from autograder.hidden_tests.hidden_test import HiddenTest
from course.checks.check import Check, CheckResult, public_generator
from course.checks.diagnosis import symptoms
from course.checks.observation import Observation, Outcome, run_probe
from course.checks.stored_outcomes import load_outcomes


def first_difference(observations: Iterable[Observation], right: Sequence[Outcome]) -> str:
    """Evaluate observations until one differs from the right outcome; return what it looks at.

    Returns
    -------
    str
        Empty if none differs.
    """
    for observation, expected in zip(observations, right, strict=True):
        _, outcomes = run_probe([observation])
        if symptoms([expected], outcomes):
            return f"{observation.description}: {outcomes[0]}"
    return ""


def check_until_it_differs(check: Check, answers: Sequence[Any]) -> CheckResult:
    """Judge as an instant check does, on the same inputs."""
    right = load_outcomes(check.unit, check.exercise).right
    difference = first_difference(check.probe(*answers, public_generator()), right)
    return CheckResult(check.exercise, not difference, difference)


class HiddenTestUntilItDiffers(HiddenTest):
    """A hidden test with the verdicts of `HiddenTest`, which does not diagnose."""

    @classmethod
    def like(cls, test: HiddenTest) -> "HiddenTestUntilItDiffers":
        """Return this kind of test for the same exercise."""
        return cls(**{field.name: getattr(test, field.name) for field in fields(test)})

    def _judge(self, answers: tuple[Any, ...]) -> CheckResult:
        right = self.right_outcomes()
        stored = load_outcomes(self.check.unit, self.check.exercise).right
        if symptoms(stored, right[: len(stored)]):  # otherwise fresh inputs say the same
            public = check_until_it_differs(self.check, answers)
            if not public.passed:
                return public
        observations = (each for probe in self._probes(answers) for each in probe)
        difference = first_difference(observations, right)
        return CheckResult(self.check.exercise, not difference, difference)
