"""The units' folded derivations in numbers: each claim on data drawn at random, or on Hubble's."""

from itertools import product

import numpy as np
import pytest

from course.data import hubble1929
from course.validation.arrays import with_ones


def half_mean_square(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> float:
    return float(np.sum((X @ theta - y) ** 2) / (2 * len(y)))


def slopes(f, theta: np.ndarray, h: float = 1e-6) -> np.ndarray:
    """Return central differences of `f` by every entry of `theta`, in its shape."""
    steps = h * np.eye(theta.size).reshape(theta.size, *theta.shape)
    return np.array([(f(theta + s) - f(theta - s)) / (2 * h) for s in steps]).reshape(theta.shape)


def test_around_its_minimum_the_cost_is_a_parabola_and_nothing_else() -> None:
    r, v = hubble1929()
    X = with_ones(r[:, None])
    A, best = X.T @ X / len(v), np.linalg.lstsq(X, v, rcond=None)[0]
    d = np.array([100.0, -250.0])
    rise = half_mean_square(X, v, best + d) - half_mean_square(X, v, best)
    assert rise == pytest.approx(d @ A @ d / 2, rel=1e-9)
    assert round(rise, -1) == 20_650  # as the text says
    slope = slopes(lambda theta: half_mean_square(X, v, theta), best + d, h=1e-3)
    assert slope == pytest.approx(A @ d, rel=1e-6)


@pytest.mark.parametrize(
    ("log_density", "loss"),
    [
        (lambda noise, s: -(noise**2) / (2 * s**2) - np.log(s * np.sqrt(2 * np.pi)), np.square),
        (lambda noise, s: -np.abs(noise) / s - np.log(2 * s), np.abs),
    ],
    ids=["Gaussian noise: squares", "exponential noise: absolute values"],
)
def test_likelihoods_of_lines_differ_as_their_losses_do(log_density, loss) -> None:
    rng = np.random.default_rng(1)
    X, y, s = rng.normal(size=(20, 2)), rng.normal(size=20), 0.7
    lines = rng.normal(size=(5, 2))
    surprise = np.array([-log_density(y - X @ theta, s).sum() for theta in lines])
    losses = np.array([loss(y - X @ theta).mean() for theta in lines])
    scale = 20 / (2 * s**2) if loss is np.square else 20 / s
    assert np.ptp(surprise - scale * losses) == pytest.approx(0, abs=1e-9)
    assert np.ptp(losses) > 0.1


def test_cross_entropy_is_the_labels_surprise_and_its_pull_is_whole() -> None:
    rng = np.random.default_rng(2)
    a, y = 3 * rng.normal(size=8), rng.integers(0, 2, size=8).astype(float)

    def p(a: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-a))

    def entropy(a: np.ndarray) -> float:
        return float(-np.log(np.where(y == 1, p(a), 1 - p(a))).mean())

    def squares(a: np.ndarray) -> float:
        return float(np.sum((p(a) - y) ** 2) / (2 * len(y)))

    assert entropy(a) == pytest.approx(-np.log(np.prod(p(a) ** y * (1 - p(a)) ** (1 - y))) / 8)
    assert slopes(entropy, a) == pytest.approx((p(a) - y) / 8, rel=1e-6, abs=1e-9)
    pull = (p(a) - y) * p(a) * (1 - p(a)) / 8
    assert slopes(squares, a) == pytest.approx(pull, rel=1e-6, abs=1e-9)


def test_two_layers_backward_index_by_index() -> None:
    rng = np.random.default_rng(3)
    X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    W1, b1, W2, b2 = (rng.normal(size=size) for size in ((3, 4), (4,), (4, 2), (2,)))

    def loss(W1=W1, b1=b1, W2=W2, b2=b2) -> float:
        return float(np.sum((np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2) - Y) ** 2) / 12)

    V = np.tanh(X @ W1 + b1)
    A = np.tanh(V @ W2 + b2)
    delta2 = (A - Y) / 6 * (1 - A**2)
    delta1 = np.einsum("ic,jc->ij", delta2, W2) * (1 - V**2)
    right = {
        "W2": np.einsum("ij,ic->jc", V, delta2),
        "b2": np.einsum("ic->c", delta2),
        "W1": np.einsum("ik,ij->kj", X, delta1),
        "b1": np.einsum("ij->j", delta1),
    }
    given = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    for name, expected in right.items():
        measured = slopes(lambda part, name=name: loss(**{name: part}), given[name])
        assert measured == pytest.approx(expected, rel=1e-6, abs=1e-9), name


def test_a_turn_of_the_backward_loop_is_a_row_times_a_jacobian() -> None:
    rng = np.random.default_rng(5)
    before, W, upstream = rng.normal(size=4), rng.normal(size=(4, 3)), rng.normal(size=3)

    def values(before: np.ndarray) -> np.ndarray:
        return np.tanh(before @ W)

    units = range(3)
    jacobian = np.array([slopes(lambda v, c=c: values(v)[c], before) for c in units])
    turn = (upstream * (1 - values(before) ** 2)) @ W.T
    assert turn == pytest.approx(upstream @ jacobian, rel=1e-6, abs=1e-9)


def multiplications(*shapes: tuple[int, int]) -> int:
    """Return what it takes to multiply matrices of these shapes, from left to right."""
    (rows, _), *rest = shapes
    return sum(rows * n * k for n, k in rest)


def test_one_product_of_jacobians_has_two_prices() -> None:
    rng = np.random.default_rng(4)
    sizes = (1000, 100, 100, 1)
    shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
    J1, J2, J3 = (rng.normal(size=shape) for shape in shapes)
    from_the_left = (J3 @ J2) @ J1
    assert from_the_left == pytest.approx(J3 @ (J2 @ J1), rel=1e-8, abs=1e-8)
    reverse = multiplications(*reversed(shapes))
    forward = multiplications(*((n, k) for k, n in shapes))  # transposed, so from right to left
    assert (forward, reverse) == (10_100_000, 110_000)  # as the text says


def bump(x: np.ndarray) -> np.ndarray:
    """Return a bump of height 1 from 0.3 to 0.7, two steep sigmoids."""
    return (np.tanh(50 * (x - 0.3)) - np.tanh(50 * (x - 0.7))) / 2


def test_two_ridges_and_a_threshold_make_a_tower() -> None:
    x = np.linspace(0, 1, 101)
    ridges = bump(x)[:, None] + bump(x)
    assert ridges[50, 50] == pytest.approx(2, abs=1e-6)
    assert ridges[50, 0] == pytest.approx(1, abs=1e-6)
    inside = (x > 0.3) & (x < 0.7)
    assert ((ridges >= 1.5) == np.outer(inside, inside))[:, np.abs(x - 0.5) < 0.15].all()
    assert not (ridges >= 1.5)[~inside].any()


def test_ridges_in_many_directions_add_up_to_a_hill() -> None:
    """Seen from afar each direction adds little; in the middle all of them meet."""
    x, y = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 41))
    angles = np.pi * np.arange(60) / 60
    hill = np.mean([bump(0.5 + np.cos(a) * x + np.sin(a) * y) for a in angles], axis=0)
    assert hill[20, 20] == pytest.approx(1, abs=1e-6)
    assert hill[np.hypot(x, y) > 0.6].max() < 0.3


def test_a_jump_is_missed_by_half_and_only_near_it() -> None:
    x = np.linspace(-1, 1, 2001)
    jump = np.where(x >= 0, 1.0, 0.0)
    for steepness in (10, 100, 1000):
        miss = np.abs((1 + np.tanh(steepness * x)) / 2 - jump)
        assert miss.max() >= 0.5 - 1e-9
        assert miss[np.abs(x) > 8 / steepness].max(initial=0) < 1e-6


@pytest.mark.parametrize(("off", "same"), [(-1, False), (0, True)])
def test_the_slope_in_a_coupling_is_a_mean_product_and_a_chance_only_for_0_and_1(
    off: int, same: bool
) -> None:
    rng = np.random.default_rng(3)
    states = np.array(list(product((off, 1), repeat=4)), dtype=float)
    W = np.triu(rng.normal(size=(4, 4)), 1)
    theta, data = rng.normal(size=4), states[[0, 3, 9, 14, 14]]

    def mean_log_likelihood(coupling: np.ndarray) -> float:
        pairs = W.copy()
        pairs[0, 2] = coupling[0]
        log_z = np.logaddexp.reduce(-energy(states, pairs))
        return float((-energy(data, pairs) - log_z).mean())

    def energy(s: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        return np.asarray(-np.einsum("mi,ij,mj->m", s, pairs, s) + s @ theta)

    weights = np.exp(-energy(states, W))
    model = weights / weights.sum()
    products = (data[:, 0] * data[:, 2]).mean() - model @ (states[:, 0] * states[:, 2])
    both = [np.all(s[:, [0, 2]] == 1, axis=1) for s in (data, states)]
    chances = both[0].mean() - model @ both[1]
    (slope,) = slopes(mean_log_likelihood, np.array([W[0, 2]]))
    assert slope == pytest.approx(products, abs=1e-8)
    assert (slope == pytest.approx(chances, abs=1e-8)) == same
