"""The hidden test: an instant check's questions on the school's own inputs, and laws besides."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder import paths
from autograder.authoring.reference import code, namespace
from course.checks.check import Check, CheckResult, judge
from course.checks.diagnosis import symptoms
from course.checks.observation import Observation, Outcome, run_probe
from course.checks.stored_outcomes import StoredOutcomes, decode, encode, load_outcomes

with suppress(ImportError):  # Windows has none, and grades nothing
    import fcntl

DRAWS = 2
"""How often the questions of the instant check are asked again, each time on fresh inputs."""

_passed: dict[tuple[str, str], Any] = {}
"""By unit and name, functions that passed: in this process, which examines one notebook."""

Laws = Callable[..., Iterator[Observation]]
"""Takes an exercise's functions, a random generator and the unit's right answers."""


@dataclass(frozen=True)
class HiddenTest:
    """The hidden test of one exercise; call it as its instant check is called.

    An answer is right when it passes the instant check, agrees with the unit's right answer on
    fresh inputs and keeps every law. Where it calls functions of earlier exercises it is right if
    it is so with right ones in their place, or with the student's own: so no exercise is lost for a
    mistake in another.
    """

    check: Check
    laws: Laws | None = None
    draws: int = DRAWS

    def __call__(self, *answers: Any) -> CheckResult:
        """Judge `answers`, in the order of the check's functions."""
        # Calling own functions does not cross from one interpreter to the other and back.
        if self._rests_on_passed(answers):
            outcome = self._judge(answers)
        else:
            outcome = self._judge_with_given(answers)
            if not outcome.passed and (own := self._judge(answers)).passed:
                outcome = own
        if outcome.passed:
            names = ((self.check.unit, name) for name in self.check.functions)
            _passed.update(zip(names, answers, strict=True))
        return outcome

    def _rests_on_passed(self, answers: tuple[Any, ...]) -> bool:
        """Tell whether all functions an answer may call are the student's that passed their tests.

        They do as well as right ones. A later cell can have given their names to something else.
        """
        scope = next((found for answer in answers if (found := _scope(answer)) is not None), None)
        if scope is None:  # nothing could be put in the place of what it calls
            return True
        passed = {name: _passed.get((self.check.unit, name)) for name in self.check.given}
        return all(
            function is not None and name in scope and scope[name] is function
            for name, function in passed.items()
        )

    def _judge_with_given(self, answers: tuple[Any, ...]) -> CheckResult:
        right = namespace(self.check.unit)
        with given(answers, {name: right[name] for name in self.check.given}):
            return self._judge(answers)

    def _judge(self, answers: tuple[Any, ...]) -> CheckResult:
        """Ask as the instant check does, and whoever passes on fresh inputs.

        What known mistakes give to the instant check is stored, and no secret, so it names them.
        Where the right answer gives the same whatever the inputs are, as words about a trained
        model do, most mistakes do so too: they are told by what they give to fresh inputs, and
        nothing is trained twice.
        """
        name, right = self.check.exercise, _right(self, paths.secret())
        stored = load_outcomes(self.check.unit, name)
        parts = self._parts(answers)
        if symptoms(stored.right, right[: len(stored.right)]):
            observations, seen = [], []
            public = self.check(*answers)
        else:
            observations, seen = next(parts)
            public = judge(name, observations, seen, stored)
            if not (public.passed or public.mistake):
                public = self.check(*answers)
        if not public.passed:
            return public
        for taken, notes in parts:
            observations, seen = observations + taken, seen + notes
        return judge(name, observations, seen, StoredOutcomes(right, ()), show_size=False)

    def _parts(self, answers: tuple[Any, ...]) -> Iterator[tuple[list[Observation], list[Outcome]]]:
        """Ask the instant check's questions on fresh inputs, again and again, then the laws."""
        for draw in range(self.draws):
            yield self.check.observe(*answers, rng=self._generator(draw))
        if self.laws:
            right = SimpleNamespace(**namespace(self.check.unit))
            yield run_probe(self.laws(*answers, self._generator(self.draws), right))

    def _generator(self, draw: int) -> np.random.Generator:
        key = f"{paths.secret()}\n{self.check.unit}\n{self.check.exercise}\n{draw}"
        return np.random.default_rng(int.from_bytes(hashlib.sha256(key.encode()).digest()))

    def _functions(self) -> tuple[Any, ...]:
        scope = namespace(self.check.unit)
        return tuple(scope[name] for name in self.check.functions)

    def right(self) -> tuple[Outcome, ...]:
        """Run the right answer on the inputs of this school."""
        return tuple(note for _, seen in self._parts(self._functions()) for note in seen)


@cache
def _right(test: HiddenTest, secret: str) -> tuple[Outcome, ...]:
    """Return what the right answer gives, computed once for a class: a school's secret decides it.

    Each submission is examined by an interpreter of its own, and a right answer that trains a model
    takes as long as the submission. So what it gives is kept in the classroom, beside the secret,
    under a hash of all that decides it. Who computes it holds a lock, for which others wait.
    """
    cached = _cache_file(test, secret)
    if cached is None:
        return test.right()
    if not cached.exists():
        cached.parent.mkdir(mode=0o700, exist_ok=True)
        with cached.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not cached.exists():
                text = json.dumps([encode(seen) for seen in test.right()], allow_nan=False)
                fresh = cached.with_suffix(".part")
                fresh.write_text(text, encoding="utf-8")
                fresh.replace(cached)
    return tuple(decode(seen) for seen in json.loads(cached.read_text(encoding="utf-8")))


def prepare(tests: Iterable[HiddenTest], compute: bool) -> bool:
    """Have at hand what answers give, right and mistaken ones; return whether any is new here.

    `compute` is whether to compute what is not kept in the classroom.
    """
    secret = paths.secret()
    before = _right.cache_info().misses
    for test in tests:
        load_outcomes(test.check.unit, test.check.exercise)
        cached = _cache_file(test, secret)
        if compute or (cached is not None and cached.exists()):
            _right(test, secret)
    return _right.cache_info().misses > before


def _cache_file(test: HiddenTest, secret: str) -> Path | None:
    """Return the file for what the right answer gives; None where there is no classroom for it."""
    classroom = paths.classroom()
    if not classroom.is_dir():
        return None
    unit, exercise = test.check.unit, test.check.exercise
    return classroom / "right" / f"{exercise}-{_fingerprint(unit, exercise, secret)}.json"


@cache
def _fingerprint(unit: str, exercise: str, secret: str) -> str:
    digest = hashlib.sha256(repr((secret, unit, exercise, code(unit))).encode())
    digest.update(_tree())
    return digest.hexdigest()[:16]


@cache
def _tree() -> bytes:
    """Return a hash of the programs, data and libraries that decide what answers give."""
    digest = hashlib.sha256(repr(_libraries()).encode())
    for path in _files():
        digest.update(path.read_bytes())
    return digest.digest()


def _files() -> list[Path]:
    course = paths.ROOT / "course"
    programs = [*course.rglob("*.py"), *(paths.ROOT / "autograder" / "hidden_tests").rglob("*.py")]
    data = [path for path in (course / "data").iterdir() if path.is_file()]
    return [Path(__file__), *sorted({*programs, *data})]


def _libraries() -> list[str]:
    """Return name and version of what right answers compute with, TensorFlow's being either."""
    found = []
    for name in ("numpy", "scipy", "scikit-learn", "keras", "tensorflow", "tensorflow-cpu"):
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return found


def hidden_test(check: Check, draws: int = DRAWS) -> Callable[[Laws], HiddenTest]:
    """Make a generator of laws the hidden test that goes with `check`.

    `draws` is how often the instant check's questions are asked; fewer where that takes long.
    """

    def decorate(laws: Laws) -> HiddenTest:
        return HiddenTest(check, laws, draws)

    return decorate


@contextmanager
def given(answers: tuple[Any, ...], right: dict[str, Any]) -> Iterator[None]:
    """Put right functions in the place of a student's own of the same name, for a while.

    A function's `__globals__` is where it looks its names up, in this interpreter or in another.
    """
    scopes = {id(scope): scope for answer in answers if (scope := _scope(answer)) is not None}
    cached = [
        (scope, {name: scope[name] for name in right if name in scope}) for scope in scopes.values()
    ]
    for scope in scopes.values():
        scope.update(right)
    try:
        yield
    finally:
        for scope, before in cached:
            for name in right:
                if name in before:
                    scope[name] = before[name]
                else:
                    scope.pop(name, None)


def _scope(answer: Any) -> MutableMapping[str, Any] | None:
    return getattr(answer, "__globals__", None)
