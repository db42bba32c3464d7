"""The hidden tests of unit 02 themselves: right answers never fail, perturbed ones always do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.authoring.reference import namespace
from autograder.hidden_tests import perceptron as hidden_tests
from course.models import network
from tests.hidden_tests.forms import INPUT_FORMS, in_another_form, right_answers

UNIT = "02_perceptron"
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_SECRET", "tests")


@pytest.mark.parametrize("perceptron_predict", right_answers(UNIT, "perceptron_predict"))
@SLOW
@given(m=st.integers(1, 9), n=st.integers(1, 5), **INPUT_FORMS)
def test_right_predictions_are_right_in_every_form(
    perceptron_predict: Callable, m: int, n: int, kind: str, order: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    X, w, b = (
        rng.integers(-4, 5, size=(m, n)),
        rng.integers(-4, 5, size=n),
        int(rng.integers(-3, 4)),
    )
    expected = np.where(X @ w + b >= 0, 1, -1)
    given = (in_another_form(X, kind, order), in_another_form(w, kind, order), b)
    np.testing.assert_array_equal(perceptron_predict(*given), expected)


@pytest.mark.parametrize("mlp_forward", right_answers(UNIT, "mlp_forward"))
@SLOW
@given(
    sizes=st.lists(st.integers(1, 5), min_size=2, max_size=5), m=st.integers(1, 6), **INPUT_FORMS
)
def test_right_forward_passes_equal_the_courses_network_in_every_form(
    mlp_forward: Callable, sizes: list[int], m: int, kind: str, order: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    names = [str(rng.choice(["tanh", "relu", "sigmoid", "softplus", "linear"])) for _ in sizes[1:]]
    pairs = list(pairwise(sizes))
    weights = [(rng.integers(-2, 3, size=p), rng.integers(-2, 3, size=p[1])) for p in pairs]
    X = rng.integers(-3, 4, size=(m, sizes[0]))
    exact = [(W.astype(float), b.astype(float)) for W, b in weights]
    expected = network.forward(X.astype(float), exact, names)
    formed = [tuple(in_another_form(a, kind, order) for a in pair) for pair in weights]
    values = mlp_forward(in_another_form(X, kind, order), formed, names)
    for value, wanted in zip(values, expected, strict=True):
        np.testing.assert_allclose(value, wanted, rtol=1e-5, atol=1e-6)


@SLOW
@given(part=st.floats(1e-4, 1), layer=st.integers(1, 9), up=st.booleans())
def test_a_perturbed_forward_pass_always_fails(part: float, layer: int, up: bool) -> None:
    right = namespace(UNIT)["mlp_forward"]

    def mlp_forward(X: Any, weights: Any, activations: Any) -> list[np.ndarray]:
        values = right(X, weights, activations)
        at = 1 + layer % (len(values) - 1)
        biggest = np.abs(values[at]).max() or 1.0
        values[at] = values[at].copy()
        values[at].flat[0] += (1 if up else -1) * part * biggest
        return values

    assert not hidden_tests.mlp_forward(mlp_forward).passed


@SLOW
@given(
    part=st.floats(1e-4, 0.5),
    name=st.sampled_from(["sigmoid", "tanh", "relu", "softplus", "linear"]),
    which=st.sampled_from(["activate", "slope"]),
)
def test_a_perturbed_activation_always_fails(part: float, name: str, which: str) -> None:
    scope = namespace(UNIT)

    def off(function: Callable, mine: str) -> Callable:
        def moved(called: str, value: Any) -> Any:
            result = function(called, value)
            return result * (1 + part) if called == name and mine == which else result

        return moved

    outcome = hidden_tests.activations(
        off(scope["activate"], "activate"), off(scope["slope"], "slope")
    )
    assert not outcome.passed


@SLOW
@given(part=st.floats(1e-4, 0.5), which=st.sampled_from(["w", "b", "count"]))
def test_a_perturbed_fit_always_fails(part: float, which: str) -> None:
    right = namespace(UNIT)["perceptron_fit"]

    def perceptron_fit(*given: Any) -> tuple[Any, Any, Any]:
        w, b, mistakes = right(*given)
        if which == "w":
            return w * (1 + part), b, mistakes
        return (w, b + part, mistakes) if which == "b" else (w, b, mistakes + 1)

    assert not hidden_tests.perceptron_fit(perceptron_fit).passed


@SLOW
@given(left=st.floats(1e-3, 0.3), part=st.floats(1e-3, 0.5))
def test_a_perturbed_bump_always_fails(left: float, part: float) -> None:
    right = namespace(UNIT)["bump"]
    assert not hidden_tests.bump(lambda x, a, b, h, s: right(x, a - left * (b - a), b, h, s)).passed
    assert not hidden_tests.bump(lambda x, a, b, h, s: right(x, a, b, h * (1 + part), s)).passed


@SLOW
@given(
    scale=st.floats(0.2, 50),
    noise=st.floats(-0.2, 0.2),
    swap=st.booleans(),
)
def test_any_xor_network_with_margins_passes(scale: float, noise: float, swap: bool) -> None:
    def xor_network() -> list[tuple[Any, Any]]:
        W, b, out = [[1, 1], [1, 1]], [-0.5 + noise, -1.5 + noise], [[1], [-1]]
        if swap:
            b, out = b[::-1], out[::-1]
        hidden_layer = (scale * np.array(W, dtype=float), scale * np.array(b))
        return [hidden_layer, (scale * np.array(out, dtype=float), np.array([-0.5 * scale]))]

    assert hidden_tests.xor_network(xor_network).passed


def test_the_mistake_bound_is_nearly_reached_by_nobody_and_passed_by_nobody() -> None:
    """Novikoff's bound from outside: scikit-learn's Perceptron keeps it as well."""
    from sklearn.linear_model import Perceptron

    from course.data.gates import separable

    for seed in range(5):
        X, y, line = separable(40, 0.15, np.random.default_rng(seed))
        gap = (y * (X @ line[:2] + line[2])).min() / np.linalg.norm(line)
        bound = ((X**2).sum(axis=1).max() + 1) / gap**2
        model = Perceptron(max_iter=1000, tol=None, random_state=seed).fit(X, y)
        assert model.score(X, y) == 1
        w, b, mistakes = namespace(UNIT)["perceptron_fit"](X, y, 1000, np.random.default_rng(seed))
        assert mistakes.sum() <= bound
        np.testing.assert_array_equal(np.where(X @ w + b >= 0, 1, -1), model.predict(X))
