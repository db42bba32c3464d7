"""The hidden test: an instant check's probe on the school's own inputs, and further invariants."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, wraps
from importlib.metadata import PackageNotFoundError, version
from inspect import isfunction
from itertools import takewhile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder import paths
from autograder.authoring.reference import code, namespace
from autograder.whole_file import write_whole
from course.checks.check import Check, CheckResult, instant_checks, judge
from course.checks.diagnosis import symptoms
from course.checks.observation import Observation, Outcome, run_probe
from course.checks.stored_outcomes import StoredOutcomes, decode, encode, load_outcomes

with suppress(ImportError):  # missing on Windows, which cannot grade
    import fcntl

ROUNDS = 2
"""How often the instant check's probe is run, each time on fresh inputs."""

_passed: dict[tuple[str, str], Any] = {}
"""Functions that passed, by unit and name. A process examines one notebook."""

Invariants = Callable[..., Iterator[Observation]]
"""Takes an exercise's functions, a random generator and the unit's right answers."""


@dataclass(frozen=True)
class HiddenTest:
    """The hidden test of one exercise; call it as its instant check is called.

    An answer is right if it passes the instant check, agrees with the unit's right answer on fresh
    inputs and satisfies every invariant. It may call the functions of all earlier exercises, and
    needs to be right only with right ones in their place, or only with the student's own: a mistake
    in one exercise costs no points in another.

    Attributes
    ----------
    check : Check
        The instant check.
    invariants : callable, optional
        A generator of further observations, each of which must hold.
    rounds : int
        How often the check's probe is run, each time on fresh inputs.
    """

    check: Check
    invariants: Invariants | None = None
    rounds: int = ROUNDS

    def __call__(self, *answers: Any) -> CheckResult:
        """Judge `answers`, in the order of the check's functions."""
        result = self._judge_beside_others(answers)
        if result.passed:
            names = ((self.check.unit, name) for name in self.check.functions)
            _passed.update(zip(names, answers, strict=True))
        return result

    def _judge_beside_others(self, answers: tuple[Any, ...]) -> CheckResult:
        """Judge with the student's earlier functions or with right ones; one of the two suffices.

        What passed its own test may still be less exact, or give a list where an array is at hand:
        an answer that relies on more than that is right too.
        """
        right = _earlier_functions(self.check)
        scope = next((found for answer in answers if (found := _scope(answer)) is not None), None)
        if scope is None or not right:  # without globals, no function can be substituted
            return self._judge(answers)
        own = {name: scope[name] for name in right if name in scope}
        passed = {name: _passed.get((self.check.unit, name)) for name in right}
        # The student's own functions are faster: their calls do not cross between interpreters.
        own_first = all(
            passed[name] is not None and own.get(name) is passed[name] for name in right
        )
        if own_first and (result := self._judge(answers)).passed:
            return result
        called: set[str] = set()
        with substitute_functions(answers, _noting(right, called)):
            result = self._judge(answers)
        if result.passed or own_first or not (called or any(not callable(f) for f in own.values())):
            return result
        again = self._judge(answers)
        return again if again.passed else result

    def _judge(self, answers: tuple[Any, ...]) -> CheckResult:
        """Judge by the instant check, then on fresh inputs and by the invariants.

        The stored outcomes of known mistakes on public inputs diagnose a mistake. Some right
        answers have the same outcomes on all inputs, for example statements about a trained model;
        most mistakes then do too. In that case the first round on fresh inputs is judged by the
        stored outcomes instead, so that of a right answer nothing is trained twice.
        """
        name, right = self.check.exercise, self.right_outcomes()
        stored = load_outcomes(self.check.unit, name)
        runs = map(run_probe, self._probes(answers))
        observations: list[Observation] = []
        outcomes: list[Outcome] = []
        if symptoms(stored.right, right[: len(stored.right)]):
            public = self.check(*answers)
        else:
            observations, outcomes = next(runs)
            public = judge(name, observations, outcomes, stored)
            if not public.passed:
                exact = self.check(*answers)
                public = exact if exact.mistake or not public.mistake else public
        if not public.passed:
            return public
        for more_observations, more_outcomes in runs:
            observations, outcomes = observations + more_observations, outcomes + more_outcomes
        return judge(name, observations, outcomes, StoredOutcomes(right, ()), show_size=False)

    def _probes(self, answers: tuple[Any, ...]) -> Iterator[Iterator[Observation]]:
        """Yield the check's probe on fresh inputs, once for each round, then the invariants."""
        for number in range(self.rounds):
            yield self.check.probe(*answers, self._generator(number))
        if self.invariants:
            right = SimpleNamespace(**namespace(self.check.unit))
            yield self.invariants(*answers, self._generator(self.rounds), right)

    def _generator(self, number: int) -> np.random.Generator:
        key = f"{paths.secret()}\n{self.check.unit}\n{self.check.exercise}\n{number}"
        return np.random.default_rng(int.from_bytes(hashlib.sha256(key.encode()).digest()))

    def _right_functions(self) -> tuple[Any, ...]:
        scope = namespace(self.check.unit)
        return tuple(scope[name] for name in self.check.functions)

    def run_right_answer(self) -> tuple[Outcome, ...]:
        """Run the right answer on this school's inputs."""
        runs = map(run_probe, self._probes(self._right_functions()))
        return tuple(outcome for _, outcomes in runs for outcome in outcomes)

    def right_outcomes(self) -> tuple[Outcome, ...]:
        """Return the right answer's outcomes, computed once for the school's secret."""
        return _right_outcomes(self, paths.secret())


@cache
def _right_outcomes(test: HiddenTest, secret: str) -> tuple[Outcome, ...]:
    """Return the right answer's outcomes, which are computed once for a school's secret.

    Each submission is examined in an interpreter of its own, and a right answer that trains a model
    takes as long as the submission. So its outcomes are cached in the classroom, beside the secret,
    under a hash of everything that determines them. A lock makes other processes wait for them.
    """
    cached = _cache_file(test, secret)
    if cached is None:
        return test.run_right_answer()
    if not cached.exists():
        cached.parent.mkdir(mode=0o700, exist_ok=True)
        with cached.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not cached.exists():
                outcomes = test.run_right_answer()
                text = json.dumps([encode(outcome) for outcome in outcomes], allow_nan=False)
                write_whole(cached, text)
    return tuple(decode(outcome) for outcome in json.loads(cached.read_text(encoding="utf-8")))


def prepare(tests: Iterable[HiddenTest], compute: bool) -> bool:
    """Load the outcomes that tests need into this process; return whether any was new to it.

    Parameters
    ----------
    tests : iterable of HiddenTest
    compute : bool
        Whether to compute the right answer's outcomes if the classroom has none cached.
    """
    secret = paths.secret()
    before = _right_outcomes.cache_info().misses
    for test in tests:
        load_outcomes(test.check.unit, test.check.exercise)
        cached = _cache_file(test, secret)
        if compute or (cached is not None and cached.exists()):
            _right_outcomes(test, secret)
    return _right_outcomes.cache_info().misses > before


def _cache_file(test: HiddenTest, secret: str) -> Path | None:
    """Return the file of the right answer's outcomes; None if there is no classroom."""
    classroom = paths.classroom()
    if not classroom.is_dir():
        return None
    unit, exercise = test.check.unit, test.check.exercise
    return classroom / "right" / f"{exercise}-{_fingerprint(unit, exercise, secret)}.json"


@cache
def _fingerprint(unit: str, exercise: str, secret: str) -> str:
    digest = hashlib.sha256(repr((secret, unit, exercise, code(unit))).encode())
    digest.update(_hash_dependencies())
    return digest.hexdigest()[:16]


@cache
def _hash_dependencies() -> bytes:
    """Return a hash of the programs, data and libraries that determine outcomes."""
    digest = hashlib.sha256(repr(_library_versions()).encode())
    for path in _dependency_files():
        digest.update(path.read_bytes())
    return digest.digest()


def _dependency_files() -> list[Path]:
    course = paths.ROOT / "course"
    programs = [*course.rglob("*.py"), *(paths.ROOT / "autograder" / "hidden_tests").rglob("*.py")]
    data = [path for path in (course / "data").iterdir() if path.is_file()]
    return [Path(__file__), *sorted({*programs, *data})]


def _library_versions() -> list[str]:
    """Return names and versions of the numerical libraries; either TensorFlow package counts."""
    found = []
    for name in ("numpy", "scipy", "scikit-learn", "keras", "tensorflow", "tensorflow-cpu"):
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return found


def hidden_test(check: Check, rounds: int = ROUNDS) -> Callable[[Invariants], HiddenTest]:
    """Turn a generator of invariants into the hidden test that belongs to `check`.

    Parameters
    ----------
    check : Check
    rounds : int
        How often the check's probe is run; fewer if it is slow.
    """

    def decorate(invariants: Invariants) -> HiddenTest:
        return HiddenTest(check, invariants, rounds)

    return decorate


@cache
def _earlier_functions(check: Check) -> dict[str, Any]:
    """Return the right functions of all exercises that stand before this one in the notebook."""
    scope = namespace(check.unit)  # in the order of their definition
    graded = {name for each in instant_checks(check.unit).values() for name in each.functions}
    before = takewhile(lambda name: name not in check.functions, scope)
    return {name: scope[name] for name in before if name in graded and isfunction(scope[name])}


def _noting(functions: dict[str, Any], called: set[str]) -> dict[str, Any]:
    """Return functions that note in `called` that they were called."""

    def noting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def noted(*arguments: Any, **named: Any) -> Any:
            called.add(name)
            return function(*arguments, **named)

        return noted

    return {name: noting(name, function) for name, function in functions.items()}


@contextmanager
def substitute_functions(answers: tuple[Any, ...], right: dict[str, Any]) -> Iterator[None]:
    """Replace a student's own functions by right ones of the same names, in this context.

    A function looks up global names in its `__globals__`, in this interpreter or in another.
    """
    scopes = {id(scope): scope for answer in answers if (scope := _scope(answer)) is not None}
    originals = [
        (scope, {name: scope[name] for name in right if name in scope}) for scope in scopes.values()
    ]
    for scope in scopes.values():
        scope.update(right)
    try:
        yield
    finally:
        for scope, before in originals:
            for name in right:
                if name in before:
                    scope[name] = before[name]
                else:
                    scope.pop(name, None)


def _scope(answer: Any) -> MutableMapping[str, Any] | None:
    return getattr(answer, "__globals__", None)
