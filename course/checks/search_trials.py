"""A search whose every trial is recorded, with drawn scores in place of trained models."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Settings = frozenset[tuple[str, Any]]
"""One value for each name of a grid."""

Grid = Mapping[str, Sequence[Any]]

SETS = ("train", "validation", "test")


def combinations(grid: Grid) -> list[Settings]:
    """Return every combination of a grid's values."""
    return [
        frozenset(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())
    ]


def draw_scores(grid: Grid, rng: np.random.Generator) -> dict[str, dict[Settings, float]]:
    """Draw scores on three data sets with three winners, none first or last in the grid."""
    settings = combinations(grid)
    inner = rng.permutation(len(settings) - 2) + 1
    found: dict[str, dict[Settings, float]] = {}
    for name, winner in zip(("validation", "test", "train"), inner, strict=False):
        drawn = rng.permutation(len(settings)) / 20 + rng.uniform(0.4, 0.45)
        drawn[winner] = 0.9 + 0.01 * len(found)
        found[name] = dict(zip(settings, drawn.round(4).tolist(), strict=True))
    return found


def draw_equal_scores(grid: Grid, rng: np.random.Generator) -> dict[str, dict[Settings, float]]:
    """Draw scores of which only two differ, so that several combinations are equally good."""
    settings = combinations(grid)
    levels = rng.permutation(np.arange(len(settings)) % 2) / 8 + 0.5
    return {name: dict(zip(settings, levels.tolist(), strict=True)) for name in SETS}


def score_of(scores: Mapping[Settings, float], settings: Mapping[str, Any]) -> float:
    """Return the score of a combination.

    Raises
    ------
    KeyError
        If it is none of the grid's.
    """
    if frozenset(settings.items()) not in scores:
        raise KeyError(f"{dict(sorted(settings.items()))} is no combination of the grid")
    return scores[frozenset(settings.items())]


class Trial:
    """Data with a sealed test set, and a `fit` that records its arguments."""

    def __init__(self, scores: Mapping[str, Mapping[Settings, float]]) -> None:
        self.scores = scores
        self.opened = 0
        self.asked: list[tuple[Settings, str, str]] = []
        marks = {"train": (0.0, 12), "validation": (1.0, 8), "test": (2.0, 10)}
        self._pairs = {
            name: (np.full((m, 2), mark), np.full(m, int(mark)))
            for name, (mark, m) in marks.items()
        }
        self.data = {**self._pairs, "test": self._open_test_set}
        self.fit = self._fit_function()

    def _open_test_set(self) -> tuple[np.ndarray, np.ndarray]:
        self.opened += 1
        return self._pairs["test"]

    def _fit_function(self) -> Callable[..., float]:
        def fit(settings: Any, train: Any, validation: Any) -> float:
            """Return the accuracy that a model of these settings has on `validation`."""
            trained_on, validated_on = self._name(train), self._name(validation)
            self.asked.append((frozenset(settings.items()), trained_on, validated_on))
            scores = self.scores.get(validated_on.split(" ")[0], self.scores["train"])
            return score_of(scores, settings)

        return fit

    def _name(self, part: Any) -> str:
        if callable(part):
            return "test"
        marks = sorted({int(mark) for mark in np.ravel(np.asarray(part[1]))})
        return " and ".join(SETS[mark] for mark in marks)

    def counts(self) -> tuple[int, ...]:
        """Return how often each combination was tried."""
        asked = [settings for settings, _, _ in self.asked]
        return tuple(asked.count(settings) for settings in self.scores["train"])

    def sets(self) -> str:
        """Describe the sets that were trained and judged on."""
        used = sorted({tuple(names) for _, *names in self.asked})
        return "; ".join(f"trained on {train}, judged on {other}" for train, other in used)

    def test_set_use(self) -> str:
        """Tell whether the test set was opened or passed on."""
        looked = self.opened or any("test" in "".join(names) for _, *names in self.asked)
        return "search looks at it" if looked else "it stays sealed"


def scores_in_order(results: Any, grid: Grid) -> tuple[float, ...]:
    """Return the scores in the order of the combinations of a grid, −1 for those not given."""
    pairs = [(frozenset(settings.items()), float(score)) for settings, score in results]
    found = dict(pairs)
    if len(found) < len(pairs):
        return (float(len(pairs)),)
    return tuple(found.get(settings, -1.0) for settings in combinations(grid))
