"""How recall and train_rbm draw, read from their results: fair to whoever draws rightly."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from autograder.authoring import catalogue
from autograder.authoring.reference import namespace
from course.checks.memory import batch_draws, sweep_orders

UNIT = "06_memory"

ORDERS = ("one_order", "turned_round", "rolled", "reversed", "reseeded", "own_seed", "halves")
BATCHES = (
    "any_batch",
    "batches_cut_once",
    "half_shuffled",
    "last_stays",
    "no_shuffle",
    "order_of_own_seed",
    "pixels_shuffled",
    "reversed",
    "rolled",
    "rolled_on",
    "rows_lost",
    "same_batches_new_order",
    "shuffled_afterwards",
    "shuffled_once",
    "shuffled_within_batches",
    "two_halves",
    "with_replacement",
)
CHAINS = ("chain_reseeded", "chain_of_own_seed", "reseeded")

seeded = settings(max_examples=4)


def _answers(exercise: str, verdict: str, stems: tuple[str, ...] | None = None) -> list[Any]:
    return [
        pytest.param(_function(answer), id=f"{exercise}-{answer.path.stem}")
        for answer in catalogue.answers(UNIT, exercise)
        if answer.verdict == verdict and (stems is None or answer.path.stem in stems)
    ]


def _function(answer: catalogue.Answer) -> Callable[..., Any]:
    scope = namespace(UNIT)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    return scope[answer.exercise]


def _seeds(seed: int, count: int) -> list[int]:
    return [int(drawn) for drawn in np.random.default_rng(seed).integers(2**32, size=count)]


def _orders(recall: Callable, seed: int) -> str:
    return sweep_orders.describe_orders(
        recall, _seeds(seed, sweep_orders.SEEDS + sweep_orders.FURTHER)
    )


def _batches(train_rbm: Callable, seed: int) -> str:
    return batch_draws.describe_batches(train_rbm, _seeds(seed, batch_draws.ONE + batch_draws.TWO))


def _chains(train_rbm: Callable, seed: int) -> str:
    return batch_draws.describe_chance(train_rbm, _seeds(seed, 3))


@pytest.mark.parametrize("recall", _answers("recall", "right"))
@seeded
@given(seed=st.integers(0, 2**32 - 1))
def test_orders_that_are_drawn_anew_are_seen_as_such(recall: Callable, seed: int) -> None:
    assert _orders(recall, seed) == "drawn anew for every sweep"


@pytest.mark.parametrize("recall", _answers("recall", "wrong", ORDERS))
@seeded
@given(seed=st.integers(0, 2**32 - 1))
def test_orders_that_are_not_are_seen_with_every_generator(recall: Callable, seed: int) -> None:
    assert _orders(recall, seed) != "drawn anew for every sweep"


@pytest.mark.parametrize("train_rbm", _answers("train_rbm", "right"))
@seeded
@given(seed=st.integers(0, 2**32 - 1))
def test_batches_and_chains_that_are_drawn_anew_are_seen_as_such(
    train_rbm: Callable, seed: int
) -> None:
    assert _batches(train_rbm, seed) == "drawn anew in every epoch"
    assert _chains(train_rbm, seed) == "the chains are drawn anew in every step"


@pytest.mark.parametrize("train_rbm", _answers("train_rbm", "wrong", BATCHES))
@seeded
@given(seed=st.integers(0, 2**32 - 1))
def test_batches_that_are_not_are_seen_with_every_generator(train_rbm: Callable, seed: int) -> None:
    assert _batches(train_rbm, seed) != "drawn anew in every epoch"


@pytest.mark.parametrize("train_rbm", _answers("train_rbm", "wrong", CHAINS))
@seeded
@given(seed=st.integers(0, 2**32 - 1))
def test_chains_that_repeat_are_seen_with_every_generator(train_rbm: Callable, seed: int) -> None:
    assert _chains(train_rbm, seed) != "the chains are drawn anew in every step"


def test_an_order_is_read_as_it_is_drawn() -> None:
    """The solution draws its orders by permutation and nothing else: they are known."""
    recall = namespace(UNIT)["recall"]
    for seed in range(5):
        rng = np.random.default_rng(seed)
        first, second = (rng.permutation(sweep_orders.SPINS).tolist() for _ in "12")
        assert sweep_orders.read_first(recall, seed) == tuple(first)
        left = tuple(i for i in second if i != first[-1])
        assert sweep_orders.read_second(recall, seed, tuple(first)) == left


def test_kept_neighbours_are_as_rare_as_poisson_s() -> None:
    """30,000 random orders: no more kept neighbours in the tail than Poisson's of the same mean."""
    rng, n = np.random.default_rng(1), sweep_orders.SPINS
    kept = np.array(
        [sweep_orders._kept_neighbours(range(n), rng.permutation(n)) for _ in range(30_000)]
    )
    mean = 2 * n / (n - 1)
    assert kept.mean() == pytest.approx(mean, abs=0.05)
    for number in (4, 6, 8):
        allowed = poisson.sf(number, mean)
        assert (kept > number).mean() < allowed + 6 * np.sqrt(allowed / len(kept))
