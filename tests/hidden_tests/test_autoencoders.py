"""The hidden tests of unit 07 themselves: right answers never fail, perturbed ones always do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.authoring.reference import namespace
from autograder.hidden_tests import autoencoders as hidden_tests
from tests.hidden_tests.forms import INPUT_FORMS, in_another_form, right_answers

UNIT = "07_autoencoders"
TIED = "tied_autoencoder_loss_and_gradient"
SLOW = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_SECRET", "tests")


@pytest.mark.parametrize("pca", right_answers(UNIT, "pca"))
@SLOW
@given(m=st.integers(3, 9), n=st.integers(1, 5), **INPUT_FORMS)
def test_right_axes_are_right_in_every_form(
    pca: Callable, m: int, n: int, kind: str, order: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    X = rng.integers(-9, 10, size=(m, n))
    k = int(rng.integers(1, min(m - 1, n) + 1))
    mean, C, variances = pca(in_another_form(X, kind, order), k)
    np.testing.assert_allclose(mean, X.mean(axis=0), atol=1e-9)
    values = np.linalg.eigvalsh(np.cov(X.T, bias=True).reshape(n, n))[::-1][:k]
    np.testing.assert_allclose(variances, values, atol=1e-8 * (1 + values.max()))
    np.testing.assert_allclose(np.transpose(C) @ C, np.eye(k), atol=1e-7)
    spread = ((X - X.mean(axis=0)) @ C).var(axis=0)
    np.testing.assert_allclose(spread, values, atol=1e-6 * (1 + values.max()))


@pytest.mark.parametrize(TIED, right_answers(UNIT, TIED))
@SLOW
@given(m=st.integers(1, 6), n=st.integers(1, 5), **INPUT_FORMS)
def test_right_gradients_are_right_in_every_form(
    tied_autoencoder_loss_and_gradient: Callable, m: int, n: int, kind: str, order: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    k = int(rng.integers(1, n + 1))
    shapes = ((m, n), (n, k), (k,), (n,))
    exact = [rng.integers(-3, 4, size=shape) for shape in shapes]
    given_arrays = [in_another_form(array, kind, order) for array in exact]
    found = tied_autoencoder_loss_and_gradient(*given_arrays)
    expected = namespace(UNIT)[TIED](*exact)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("reconstruct", right_answers(UNIT, "reconstruct"))
@SLOW
@given(m=st.integers(1, 6), n=st.integers(1, 5), **INPUT_FORMS)
def test_right_reconstructions_are_right_in_every_form(
    reconstruct: Callable, m: int, n: int, kind: str, order: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    X, mean = rng.integers(-5, 6, size=(m, n)), rng.integers(-5, 6, size=n)
    C = np.eye(n)[:, rng.permutation(n)[: int(rng.integers(1, n + 1))]]  # whole numbers too
    found = reconstruct(*(in_another_form(array, kind, order) for array in (X, mean, C)))
    kept = C.any(axis=1)
    np.testing.assert_allclose(found, np.where(kept, X, mean), atol=1e-9)


@pytest.mark.parametrize("largest_angle", right_answers(UNIT, "largest_angle"))
@SLOW
@given(n=st.integers(2, 6), tilt=st.floats(0.01, 1.55), seed=st.integers(0, 2**32 - 1))
def test_right_angles_are_the_tilt_that_was_made(
    largest_angle: Callable, n: int, tilt: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    k = int(rng.integers(1, n))
    turn = np.linalg.qr(rng.normal(size=(n, n)))[0]
    tilted = turn[:, :k].copy()
    tilted[:, 0] = np.cos(tilt) * turn[:, 0] + np.sin(tilt) * turn[:, k]
    mix = np.linalg.qr(rng.normal(size=(k, k)))[0] @ np.diag(rng.uniform(0.5, 2, size=k))
    assert largest_angle(turn[:, :k], tilted @ mix) == pytest.approx(tilt, abs=1e-6)


@SLOW
@given(part=st.floats(1e-4, 1), which=st.integers(0, 3), up=st.booleans())
def test_a_perturbed_loss_or_gradient_always_fails(part: float, which: int, up: bool) -> None:
    right = namespace(UNIT)[TIED]

    def off(*arrays: Any) -> list[Any]:
        results = list(right(*arrays))
        results[which] = results[which] * (1 + part if up else 1 - part)
        return results

    assert not getattr(hidden_tests, TIED)(off).passed


@SLOW
@given(part=st.floats(1e-4, 0.3), which=st.integers(0, 2))
def test_perturbed_axes_always_fail(part: float, which: int) -> None:
    right = namespace(UNIT)["pca"]

    def off(X: Any, k: int) -> tuple[Any, ...]:
        results = list(right(X, k))
        results[which] = results[which] + part * np.abs(results[which]).max()
        return tuple(results)

    assert not hidden_tests.pca(off).passed


@SLOW
@given(part=st.floats(1e-4, 0.3), up=st.booleans())
def test_a_perturbed_angle_always_fails(part: float, up: bool) -> None:
    right = namespace(UNIT)["largest_angle"]
    assert not hidden_tests.largest_angle(
        lambda A, B: right(A, B) * (1 + (part if up else -part))
    ).passed


@SLOW
@given(part=st.floats(0.3, 3))
def test_noise_of_another_size_always_fails(part: float) -> None:
    right = namespace(UNIT)["denoising_pairs"]
    for factor in (1 + part, 1 / (1 + part)):
        outcome = hidden_tests.denoising_pairs(
            lambda X, noise, copies, rng, factor=factor: right(X, noise * factor, copies, rng)
        )
        assert not outcome.passed
