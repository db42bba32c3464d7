"""The hidden test: an instant check's questions on the school's own inputs, and laws besides."""

import hashlib
import json
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder import catalogue, layout
from autograder.reference import code, namespace
from course.checks.check import Check, Outcome, judge
from course.checks.observe import Observation, Seen, watch
from course.checks.recognise import Mistake
from course.checks.values import Values, read, write

with suppress(ImportError):  # Windows has none, and grades nothing
    import fcntl

DRAWS = 3
"""How often the questions of the instant check are asked again, each time on fresh inputs."""

_passed: set[tuple[str, str]] = set()
"""Unit and name of functions that passed: in this process, which examines one notebook."""

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
        given_names = {(self.check.unit, name) for name in self.check.given}
        # Functions that passed their own tests do as well as right ones, and calling them does
        # not lead from one interpreter to the other and back.
        own_first = bool(given_names) and given_names <= _passed
        outcome = self._judge(answers) if own_first else self._judge_with_given(answers)
        if not outcome.passed and given_names:
            other = self._judge_with_given(answers) if own_first else self._judge(answers)
            outcome = other if own_first or other.passed else outcome
        if outcome.passed:
            _passed.update((self.check.unit, name) for name in self.check.functions)
        return outcome

    def _judge_with_given(self, answers: tuple[Any, ...]) -> Outcome:
        right = namespace(self.check.unit)
        with given(answers, {name: right[name] for name in self.check.given}):
            return self._judge(answers)

    def _judge(self, answers: tuple[Any, ...]) -> Outcome:
        observations, seen = self._watch(answers)
        values = Values(_right(self, layout.secret()), ())
        outcome = judge(self.check.exercise, observations, seen, values, tell_size=False)
        if outcome.passed:
            return outcome
        # What known mistakes give on the public inputs is stored, and no secret; on this school's
        # inputs they must be run, which takes long where they train a model. A function that
        # remembers earlier calls is told by the first of the two alone.
        public = self.check(*answers)
        if public.mistake:
            return public
        if public.passed or self.ahead == "known":
            known = _values(self, layout.secret())
            return judge(self.check.exercise, observations, seen, known, tell_size=False)
        return outcome

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

    @property
    def ahead(self) -> str:
        """What is computed ahead: what all known answers give, or the right one alone.

        Where questions are asked less often, it is the instant check that names mistakes.
        """
        return "known" if self.draws == DRAWS else "right"

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

    def right(self) -> Values:
        """Run the right answer alone."""
        return Values(tuple(self._watch(self._functions(""))[1]), ())


@cache
def _right(test: Hidden, secret: str) -> tuple[Seen, ...]:
    """Remember what the right answer gives."""
    if _is_kept(test, secret):
        return _values(test, secret).right
    return _remembered(test, secret, "right", test.right).right


@cache
def _values(test: Hidden, secret: str) -> Values:
    """Remember what known answers give."""
    return _remembered(test, secret, "known", test.values)


def prepare(tests: Sequence[Hidden], compute: bool) -> bool:
    """Have at hand what known answers give to some hidden tests; return whether any is new here.

    Parameters
    ----------
    tests : sequence of Hidden
    compute : bool
        Whether to compute what is not kept in the classroom. Several processes that are at it at
        once divide the tests among themselves.
    """
    secret = layout.secret()
    before = _computed()
    left = [test for test in tests if compute or _is_kept(test, secret, test.ahead)]
    while left:
        test = next((test for test in left if not _busy(test, secret)), left[0])
        left.remove(test)
        if test.ahead == "known":
            _values(test, secret)
        _right(test, secret)
    return _computed() > before


def _computed() -> int:
    return _values.cache_info().misses + _right.cache_info().misses


def _remembered(test: Hidden, secret: str, what: str, make: Callable[[], Values]) -> Values:
    """Return what was computed before, for a whole class: a school's secret decides it.

    Each submission is examined by an interpreter of its own, and known answers that train a model
    take longer than the submission. So what they give is kept in the classroom, beside the secret,
    under a hash of all that decides it. Who computes it holds a lock, for which others wait.
    """
    kept = _kept(test, secret, what)
    if kept is None:
        return make()
    if not kept.exists():
        with _lock(kept).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                text = json.dumps(write(make()), allow_nan=False)
                fresh = kept.with_suffix(".part")
                fresh.write_text(text, encoding="utf-8")
                fresh.replace(kept)
    return read(json.loads(kept.read_text(encoding="utf-8")))


def _busy(test: Hidden, secret: str) -> bool:
    """Tell whether another process computes what known answers give to a test."""
    kept = _kept(test, secret, test.ahead)
    if kept is None:
        return False
    try:
        with _lock(kept).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def _is_kept(test: Hidden, secret: str, what: str = "known") -> bool:
    kept = _kept(test, secret, what)
    return kept is not None and kept.exists()


def _lock(kept: Path) -> Path:
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    return kept.with_suffix(".lock")


def _kept(test: Hidden, secret: str, what: str = "known") -> Path | None:
    """Return the file for what answers give; None where there is no classroom to keep it in."""
    room = layout.classroom()
    if not room.is_dir():
        return None
    unit, exercise = test.check.unit, test.check.exercise
    return room / "known" / f"{exercise}-{_fingerprint(unit, exercise, secret)}-{what}.json"


@cache
def _fingerprint(unit: str, exercise: str, secret: str) -> str:
    known = [
        (answer.mistake, answer.hint, answer.source) for answer in catalogue.wrong(unit, exercise)
    ]
    digest = hashlib.sha256(repr((secret, unit, exercise, code(unit), known)).encode())
    digest.update(_tree())
    return digest.hexdigest()[:16]


@cache
def _tree() -> bytes:
    """Return a hash of the programs that decide what answers give."""
    digest = hashlib.sha256()
    for folder in ("course", "autograder/laws"):
        for path in sorted((layout.ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()


def hidden(check: Check, draws: int = DRAWS) -> Callable[[Laws], Hidden]:
    """Make a generator of laws the hidden test that goes with `check`.

    `draws` is how often the instant check's questions are asked; fewer where that takes long.
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
