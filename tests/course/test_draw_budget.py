"""Answers that draw until they are content: an honest one is left alone, an endless one ended."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exam.guest import generators
from course.checks.draw_budget import DRAWS, CountedGenerator, DrawBudgetError, with_draw_budget

Y, SCORE, N = np.array([0, 1, 1]), np.array([0.1, 0.7, 0.4]), 2
ALLOWED = DRAWS * N * len(Y) + 2000

DRAW: dict[str, Callable[[np.random.Generator], Any]] = {
    "integers": lambda rng: rng.integers(9),
    "choice": lambda rng: rng.choice([3.0, 4.0], p=[0.5, 0.5]),
    "random": lambda rng: rng.random(),
    "permutation": lambda rng: rng.permutation(9),
    "permuted": lambda rng: rng.permuted([1, 2]),
    "shuffle": lambda rng: rng.shuffle([1, 2]),
}


def call(bootstrap: Callable[..., Any], seed: int = 0) -> Any:
    return bootstrap(Y, SCORE, N, np.random.default_rng(seed))


def test_a_counted_generator_draws_what_numpys_does() -> None:
    counted, plain = CountedGenerator(np.random.PCG64(7), budget=100), np.random.default_rng(7)
    assert counted.integers(1000, size=20).tolist() == plain.integers(1000, size=20).tolist()
    assert counted.permutation(20).tolist() == plain.permutation(20).tolist()
    assert counted.normal() == plain.normal()


@pytest.mark.parametrize("name", list(DRAW))
def test_every_way_to_draw_a_sample_is_counted(name: str) -> None:
    generator = CountedGenerator(
        np.random.PCG64(0), budget=2
    )  # NumPy makes some draws by way of another
    DRAW[name](generator)
    assert 0 <= generator.left < 2
    with pytest.raises(DrawBudgetError, match="never comes to an end"):
        DRAW[name](CountedGenerator(np.random.PCG64(0), budget=0))


def test_to_look_is_not_to_draw_and_a_way_once_looked_up_is_counted_at_each_draw() -> None:
    generator = CountedGenerator(np.random.PCG64(0), budget=2)
    draw = generator.random
    assert generator.left == 2
    draw(), draw()
    with pytest.raises(DrawBudgetError):
        draw()


def test_a_copy_in_another_interpreter_draws_on_and_counts_on() -> None:
    counted = CountedGenerator(np.random.PCG64(7), budget=3)
    copy = generators.from_state(generators.to_state(counted))
    plain = np.random.default_rng(7)
    assert [copy.random() for _ in range(3)] == [plain.random() for _ in range(3)]
    with pytest.raises(DrawBudgetError):
        copy.random()
    assert counted.left == 3


def test_children_are_numpys_and_share_the_budget() -> None:
    counted, plain = CountedGenerator(np.random.PCG64(7), budget=100), np.random.default_rng(7)
    children = counted.spawn(3)
    assert [one.random() for one in children] == [one.random() for one in plain.spawn(3)]
    assert [one.left for one in children] == [96, 96, 96]
    with pytest.raises(DrawBudgetError):
        counted.spawn(98)


def test_an_answer_gets_what_it_was_given_and_a_generator_made_of_the_seed() -> None:
    def answer(y: Any, score: Any, n: int, rng: np.random.Generator) -> Any:
        assert y is Y
        assert score is SCORE
        assert n == N
        return rng.random()

    drawn = [call(with_draw_budget(answer), seed) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    one, rng = with_draw_budget(answer), np.random.default_rng(1)
    assert one(Y, SCORE, N, rng) != one(Y, SCORE, N, rng)


def test_an_answer_may_draw_as_often_as_allowed_and_no_oftener() -> None:
    def answer(times: int) -> Callable[..., int]:
        return lambda y, score, n, rng: len([rng.random() for _ in range(times)])

    assert call(with_draw_budget(answer(ALLOWED))) == ALLOWED
    with pytest.raises(DrawBudgetError, match="as many events as the sample"):
        call(with_draw_budget(answer(ALLOWED + 1)))


def test_what_has_not_ended_once_is_not_called_again() -> None:
    begun = []

    def endless(y: Any, score: Any, n: int, rng: np.random.Generator) -> None:
        begun.append(n)
        while True:
            rng.integers(2)

    answer = with_draw_budget(endless)
    with pytest.raises(DrawBudgetError) as first:
        call(answer)
    with pytest.raises(DrawBudgetError) as again:
        call(answer)
    assert again.value is first.value
    assert begun == [N]
    assert call(with_draw_budget(lambda y, score, n, rng: n)) == N  # nobody else pays for it


def test_an_error_of_its_own_passes_and_the_next_call_is_made() -> None:
    wrong = ValueError("no")
    answers = iter([wrong, 5])

    def answer(*given: Any) -> int:
        reported = next(answers)
        if isinstance(reported, Exception):
            raise reported
        return reported

    answer = with_draw_budget(answer)
    with pytest.raises(ValueError, match="no") as raised:
        call(answer)
    assert raised.value is wrong
    assert call(answer) == 5


def test_an_end_that_was_put_in_another_interpreter_is_known_by_its_name() -> None:
    begun = []

    def answer(*given: Any) -> None:
        begun.append(given)
        raise type("DrawBudgetError", (Exception,), {})("it draws again and again")

    answer = with_draw_budget(answer)
    for _ in range(2):
        with pytest.raises(DrawBudgetError, match="again and again"):
            call(answer)
    assert len(begun) == 1
