"""The hidden test: an instant check's questions on the school's own inputs, and laws besides."""

import hashlib
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder import catalogue, layout
from autograder.reference import namespace
from course.checks.check import Check, Outcome, judge
from course.checks.observe import Observation, Seen, watch
from course.checks.recognise import Mistake, symptoms
from course.checks.values import Values

DRAWS = 3
"""How often the questions of the instant check are asked again, each time on fresh inputs."""

Laws = Callable[..., Iterator[Observation]]
"""Takes an exercise's functions, a random generator and the unit's right answers."""


@dataclass(frozen=True)
class Hidden:
    """The hidden test of one exercise; call it as its instant check is called.

    An answer is right when it agrees with the unit's right answer on fresh inputs and keeps every
    law. Where it calls functions of earlier exercises it is right if it is so with right ones in
    their place, or with the student's own: so no exercise is lost for a mistake in another.
    """

    check: Check
    laws: Laws | None = None
    draws: int = DRAWS

    def __call__(self, *answers: Any) -> Outcome:
        """Judge `answers`, in the order of the check's functions."""
        right = namespace(self.check.unit)
        with given(answers, {name: right[name] for name in self.check.given}):
            outcome = self._judge(answers)
        if outcome.passed or not self.check.given:
            return outcome
        alone = self._judge(answers)
        return alone if alone.passed else outcome

    def _judge(self, answers: tuple[Any, ...]) -> Outcome:
        observations, seen = self._watch(answers)
        values = Values(_right(self, layout.secret()), ())
        if symptoms(values.right, seen):  # only then is it worth the time to run known mistakes
            values = _values(self, layout.secret())
        return judge(self.check.exercise, observations, seen, values, tell_size=False)

    def _watch(self, answers: tuple[Any, ...]) -> tuple[list[Observation], list[Seen]]:
        observations, notes = [], []
        for draw in range(self.draws):
            taken, seen = self.check.observe(*answers, rng=self._generator(draw))
            observations += taken
            notes += seen
        if self.laws:
            right = SimpleNamespace(**namespace(self.check.unit))
            taken, seen = watch(self.laws(*answers, self._generator(self.draws), right))
            observations += taken
            notes += seen
        return observations, notes

    def _generator(self, draw: int) -> np.random.Generator:
        key = f"{layout.secret()}\n{self.check.unit}\n{self.check.exercise}\n{draw}"
        return np.random.default_rng(int.from_bytes(hashlib.sha256(key.encode()).digest()))

    def _functions(self, source: str) -> tuple[Any, ...]:
        scope = namespace(self.check.unit)
        exec(compile(source, f"<{self.check.exercise}>", "exec"), scope)
        return tuple(scope[name] for name in self.check.functions)

    def values(self) -> Values:
        """Run the right answer and the catalogue's wrong ones on the inputs of this school."""
        return Values(
            right=_right(self, layout.secret()),
            mistakes=tuple(
                Mistake(answer.mistake, answer.hint, tuple(self._watch(functions)[1]))
                for answer in catalogue.wrong(self.check.unit, self.check.exercise)
                for functions in (self._functions(answer.source),)
            ),
        )


@cache
def _right(test: Hidden, secret: str) -> tuple[Seen, ...]:
    """Remember what the right answer gives."""
    return tuple(test._watch(test._functions(""))[1])


@cache
def _values(test: Hidden, secret: str) -> Values:
    """Remember what known answers give: a school's secret decides it, for a whole class."""
    return test.values()


def hidden(check: Check, draws: int = DRAWS) -> Callable[[Laws], Hidden]:
    """Make a generator of laws the hidden test that goes with `check`.

    `draws` is how often the instant check's questions are asked; fewer where they train a model.
    """

    def decorate(laws: Laws) -> Hidden:
        return Hidden(check, laws, draws)

    return decorate


@contextmanager
def given(answers: tuple[Any, ...], right: dict[str, Any]) -> Iterator[None]:
    """Put right functions in the place of a student's own of the same name, for a while.

    A function's `__globals__` is where it looks its names up, in this interpreter or in another.
    """
    scopes = {id(scope): scope for answer in answers if (scope := _scope(answer)) is not None}
    kept = [
        (scope, {name: scope[name] for name in right if name in scope}) for scope in scopes.values()
    ]
    for scope in scopes.values():
        scope.update(right)
    try:
        yield
    finally:
        for scope, before in kept:
            for name in right:
                if name in before:
                    scope[name] = before[name]
                else:
                    scope.pop(name, None)


def _scope(answer: Any) -> MutableMapping[str, Any] | None:
    return getattr(answer, "__globals__", None)
