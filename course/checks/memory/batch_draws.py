"""How train_rbm draws its batches and its chance, read from the visible biases.

At a learning rate near 0 nothing is learnt: every unit of a chain is an even chance, but for the
small first weights. A visible bias over the rate is then, summed over the batches, the mean of its
pixel over a batch less the mean of as many even chances. Against many random pixels that gives, by
least squares, how much each sample weighed; the rest is the chains' chance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

SAMPLES, BATCH, PIXELS = 10, 7, 2000
"""A table of ten samples in batches of seven: three are left for the short last batch."""

SHORT_BATCH = SAMPLES - BATCH
RATE = 1e-7
ONE, TWO = 12, 48
"""How many runs of one and of two epochs, each with a generator of its own."""

UNIT = 1 / SHORT_BATCH - 1 / BATCH
"""By how much more a sample weighs in the short batch than in the full one."""

CHANCE = 0.25 / BATCH + 0.25 / SHORT_BATCH
"""Variance of a bias over the rate that the chains of one epoch give it."""

ERROR = 2 * np.sqrt(CHANCE / PIXELS)
"""Standard error of a sample's weight in one epoch; the pixels have standard deviation 1/2."""


@dataclass(frozen=True)
class Reading:
    """What one run says.

    Attributes
    ----------
    weights : ndarray, shape (SAMPLES,)
        The sum over the batches that a sample was in of 1/(number of samples in it).
    rest : ndarray, shape (PIXELS,)
        What the weights leave of the biases over the rate.
    epochs : int
    """

    weights: np.ndarray
    rest: np.ndarray
    epochs: int

    @property
    def times(self) -> np.ndarray:
        """How often each sample was in the short batch, (SAMPLES,) whole numbers."""
        return np.clip(np.round((self.weights - self.epochs / BATCH) / UNIT), 0, self.epochs)

    @property
    def misfit(self) -> float:
        """χ² of the weights for every sample once an epoch: SAMPLES degrees of freedom."""
        gap = self.weights - self.epochs / BATCH - UNIT * self.times
        return float((gap**2).sum()) / (self.epochs * ERROR**2)


class RandomTable:
    """A table of random pixels, and runs of training that it reads.

    Parameters
    ----------
    train_rbm : callable
    rng : numpy.random.Generator
        Draws the pixels.
    """

    def __init__(self, train_rbm: Callable, rng: np.random.Generator) -> None:
        self._train = train_rbm
        self._pixels = rng.integers(0, 2, size=(SAMPLES, PIXELS)).astype(float)
        self._table = np.vstack([self._pixels, np.ones(PIXELS)])
        self._inverse = np.linalg.inv(self._table @ self._table.T)

    def read(self, epochs: int, seed: int) -> Reading:
        """Train one hidden unit, and read the visible biases."""
        rng = np.random.default_rng(seed)
        a = np.asarray(self._train(self._pixels.copy(), 1, epochs, RATE, BATCH, 1, rng)[1]) / RATE
        found = self._inverse @ (self._table @ a)
        return Reading(found[:-1], a - found @ self._table, epochs)


def describe_batches(train_rbm: Callable, seeds: Sequence[int]) -> str:
    """Describe how the samples are shared out to batches.

    Each answer but the last has a probability below 1e-9 for samples that are shuffled evenly at
    the start of each epoch. A short batch is then one of 120 sets of three, whatever came before.

    - The misfit of all runs is χ² with 600 degrees of freedom (somewhat fewer: a sample's class is
      the nearest): above 850 once in 1.5e10. Of samples drawn with replacement it is 1e4 or more.
    - Twelve short batches are equal once in 120¹¹, and all three neighbours in the table, which may
      wrap around its end, once in (120/10)¹² = 9e12.
    - Of 36 samples in 12 short batches 18 belong to the first half of the table on average; none
      or all once in (120/10)¹² / 2.
    - Short batches of two epochs are equal once in 120: in 12 or more of 48 runs once in 1.7e14.
      Two of them share one sample with probability 63/120, the likeliest number: 46 of 48 runs
      have one number in common once in 2.8e10.
    - A sample is in a short batch with probability 0.3, in 96 of them 28.8 times on average: one of
      the ten is below 4 or above 60 times once in 6e9 (binomial).
    """
    table = RandomTable(train_rbm, np.random.default_rng(seeds[0]))
    ones = [table.read(1, seed) for seed in seeds[:ONE]]
    twos = [table.read(2, seed) for seed in seeds[ONE:]]
    if sum(run.misfit for run in (*ones, *twos)) > 850:
        return "some samples weigh more than others, or hardly at all"
    short = [tuple(np.flatnonzero(run.times)) for run in ones]
    together = [int((run.times == 2).sum()) for run in twos]
    if len(set(short)) == 1:
        if short[0] != tuple(range(BATCH, SAMPLES)):
            return "the same in the first epoch of every run"
        if together.count(SHORT_BATCH) >= TWO // 4:
            return "always as they stand in the table"
        return "as they stand in the table in the first epoch, and drawn later"
    if all(_is_run(samples) for samples in short):
        return "neighbours in the table stay together"
    if together.count(SHORT_BATCH) >= TWO // 4:
        return "drawn once, and the same in every epoch"
    if max(together.count(number) for number in range(SHORT_BATCH + 1)) >= TWO - 2:
        return "the second epoch's follow from the first's"
    low = sum(sample < SAMPLES // 2 for samples in short for sample in samples)
    if low in (0, SHORT_BATCH * ONE):
        return "one half of the table always comes before the other"
    often = np.sum([run.times for run in twos], axis=0)
    if often.max() == 2 * TWO:
        return "one sample is always in the last batch"
    if often.min() < 4 or often.max() > 60:
        return "some samples are far more often in the last batch than others"
    return "drawn anew in every epoch"


def describe_chance(train_rbm: Callable, seeds: Sequence[int]) -> str:
    """Describe whether the chains of one run, and those of two runs, have chance of their own.

    In 8 epochs the rest has 8 times the variance of one epoch, to within a relative standard error
    of √(2/2000) = 3 %; of chains that repeat themselves from epoch to epoch it has 64 times. The
    correlation of two runs has standard error 1/√2000 = 0.022. Limits at 6.5 standard errors and
    beyond are exceeded once in 1e10.
    """
    table = RandomTable(train_rbm, np.random.default_rng(seeds[0]))
    runs = [table.read(8, seed) for seed in seeds]
    spread = np.mean([run.rest.var() for run in runs]) / (8 * CHANCE)
    if spread > 1.5:
        return "the chains repeat themselves"
    if spread < 0.7:
        return "the chains have less chance in them than they should"
    if max(np.corrcoef([run.rest for run in runs])[np.triu_indices(len(runs), 1)]) > 0.15:
        return "the chains are the same for every generator"
    return "the chains are drawn anew in every step"


def _is_run(samples: Sequence[Any]) -> bool:
    """Tell whether samples are neighbours in the table, which may wrap around its end."""
    return bool((np.diff(samples, append=samples[0] + SAMPLES) > 1).sum() <= 1)
