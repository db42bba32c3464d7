"""Probes of unit 03 for derivatives written by hand, and for the gradient check."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course.checks.check import exercise
from course.checks.observation import Observation, call, call_again, invariant, refuses

UNIT = "03_backpropagation"

Layers = list[tuple[np.ndarray, np.ndarray]]

SIZES = ((6, 2), (5, 3), (4, 4), (1, 1))
"""Shapes of tables: tall, square (where a transpose has the right shape) and smallest."""

LARGE = (11, 9)
"""A shape larger than a few rows and columns."""

NETWORKS = (
    (6, (3, 2), ("sigmoid",)),
    (5, (3, 4, 2), ("tanh", "linear")),
    (4, (4, 4, 4, 4), ("relu", "sigmoid", "softmax")),
    (7, (2, 5, 3, 1), ("sigmoid", "tanh", "sigmoid")),
    (1, (2, 2), ("linear",)),
    (11, (9, 3), ("linear",)),
)
"""Samples, units per layer, activations: shallow, deep, every activation, one all square."""


NODES = {node: f"dJ/d{node}" for node in ("J", "u", "u1", "u2", "t", "x")}
"""What `j_backward` returns."""

LOGISTIC = ("loss", "dtheta", "dX")
"""What `logistic_backward` returns."""


@exercise()
def j_backward(j_backward: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the derivatives of J at points on both sides of 0, and at 0."""
    for x in (rng.uniform(0.6, 1.1), rng.uniform(1.2, 1.9), rng.uniform(-1.9, -0.6)):
        yield call(j_backward, parts=NODES, x=float(x))
    yield call(j_backward, parts=NODES, x=0.0)
    yield call(j_backward, parts=NODES, x=2)
    yield invariant(
        "the derivatives at one x stay as they are when another x is asked for",
        lambda: _stay(j_backward),
    )
    yield refuses(j_backward, "x is NaN", float("nan"))
    yield refuses(j_backward, "x is no single number", [1.0, 2.0])


def _stay(j_backward: Callable) -> bool:
    """Tell whether a dictionary that was returned is left alone by the next call."""
    first = j_backward(0.7)
    before = dict(first)
    j_backward(1.3)
    return dict(first) == before


@exercise()
def gradient_check(gradient_check: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe which claimed gradients pass, in small and in large units."""
    theta = rng.uniform(0.5, 1.5, size=3) * np.array([1, -1, 1])
    f, gradient = draw_smooth_function(rng, 3)
    g = gradient(theta)
    one, across = np.zeros(3), rng.permutation([1.0, -1.0, 0.0])
    one[1 + int(np.argmax(abs(g[1:])))] = 0.05 * np.linalg.norm(g)  # not in the first component

    def check_gradient(*arguments: Any, **more: float) -> Any:
        found = gradient_check(*arguments, **more)
        # An answer may return the error instead of a truth value; rounding depends on the machine.
        return round(found, 5) if isinstance(found, float) else found

    def verdict(sentence: str, claimed: Callable, scale: float = 1.0, **more: float) -> Observation:
        return Observation(
            f"gradient_check {sentence}",
            lambda: check_gradient(
                lambda t: scale * f(t), lambda t: scale * claimed(t), theta.copy(), **more
            ),
            invariant=True,
        )

    yield Observation(
        "gradient_check passes the right gradient of a function of one number",
        lambda: check_gradient(
            lambda t: float(np.sin(t[0])), lambda t: np.array([np.cos(t[0])]), theta[:1].copy()
        ),
        invariant=True,
    )
    yield verdict("passes a right gradient", gradient)
    yield verdict("fails a gradient that is wrong in one component", lambda t: gradient(t) + one)
    yield verdict("fails a gradient whose sign is turned", lambda t: -gradient(t))
    yield verdict("fails a gradient that is 1 % too long", lambda t: 1.01 * gradient(t))
    yield verdict(
        "fails an error that cancels in the sum of the components",
        lambda t: gradient(t) + 0.05 * np.linalg.norm(g) * across,
    )
    for scale in (1e-9, 1e9):
        yield verdict(f"passes a right gradient of {scale:.0e} · f", gradient, scale)
        yield verdict(
            f"fails a gradient of {scale:.0e} · f that is 1 % too long",
            lambda t: 1.01 * gradient(t),
            scale,
        )
    for tolerance, word in ((0.1, "passes"), (1e-4, "fails")):
        yield verdict(
            f"{word} a gradient that is 1 % too long if the tolerance is {tolerance:g}",
            lambda t: 1.01 * gradient(t),
            tolerance=tolerance,
        )
    yield verdict("fails a gradient that holds NaN", lambda t: np.array([np.nan, *gradient(t)[1:]]))
    yield Observation(
        "gradient_check fails a gradient of another shape than theta",
        lambda: check_gradient(lambda t: float(t.sum()), lambda t: np.ones(1), theta.copy()),
        invariant=True,
    )
    near = 1e-4 * theta
    yield Observation(
        "gradient_check passes the right gradient close to the bottom of a bowl",
        lambda: check_gradient(
            lambda t: float(t @ t + t.sum() ** 2) / 2, lambda t: t + t.sum(), near.copy()
        ),
        invariant=True,
    )
    yield Observation(
        "gradient_check passes a gradient that is exactly 0 for a function that is constant",
        lambda: check_gradient(lambda t: 7.0, lambda t: np.zeros(3), theta.copy()),
        invariant=True,
    )
    yield Observation(
        "gradient_check passes a right gradient with a component that is 0",
        lambda: check_gradient(
            lambda t: float(np.sin(t[0])), lambda t: np.array([np.cos(t[0]), 0.0]), [1, 2]
        ),
        invariant=True,
    )
    yield Observation(
        "gradient_check passes a right gradient where a component of theta is 0",
        lambda: check_gradient(
            lambda t: float(np.sin(t[0]) + t[1] ** 2),
            lambda t: np.array([np.cos(t[0]), 2 * t[1]]),
            [0.0, 1.0],
        ),
        invariant=True,
    )
    yield verdict("fails a gradient of shape (3, 1)", lambda t: gradient(t)[:, None])
    yield invariant(
        "gradient_check judges every call by itself: another gradient, theta or tolerance",
        lambda: _judges_anew(gradient_check, f, gradient, theta),
    )
    for tolerance, sentence, slopes, error in draw_borderline_errors(rng):
        yield Observation(
            f"gradient_check {sentence}",
            partial(_check_linear, check_gradient, slopes, error, tolerance),
            invariant=True,
        )
    yield refuses(gradient_check, "theta holds NaN", f, gradient, [1.0, float("nan"), 1.0])
    yield refuses(
        gradient_check, "theta is a table", np.sum, np.ones_like, [[1.0, 2.0], [3.0, 4.0]]
    )


def _judges_anew(
    gradient_check: Callable, f: Callable, gradient: Callable, theta: np.ndarray
) -> bool:
    """Give one function, and two gradients, again and again; tell whether each verdict is right.

    The first gradient is right near theta only, the second nowhere, by 1 %.
    """

    def near(t: np.ndarray) -> np.ndarray:
        return gradient(t) if np.linalg.norm(t - theta) < 0.01 else 2 * gradient(t)

    def longer(t: np.ndarray) -> np.ndarray:
        return 1.01 * gradient(t)

    found = [
        gradient_check(f, near, theta.copy()),
        gradient_check(f, near, theta + 0.5),
        gradient_check(f, longer, theta.copy()),
        gradient_check(f, longer, theta.copy(), 0.1),
        gradient_check(f, longer, theta.copy(), 1e-4),
    ]
    return list(map(bool, found)) == [True, False, False, True, False]


def draw_borderline_errors(
    rng: np.random.Generator,
) -> Iterator[tuple[float, str, np.ndarray, np.ndarray]]:
    """Yield a tolerance, what is to be said of nine slopes, the slopes, and the error of claims.

    The errors are 20 % within a tolerance of 0.1 or 20 % beyond it, in the ratio of lengths that
    the docstring gives. Other measures disagree: the largest entry, the sum of sizes, each
    component by itself, one length alone below the fraction, the first or the last left out.
    Errors that lengthen a gradient tell the two lengths apart, at a tolerance of 0.5.
    """
    even = rng.choice([-1.0, 1.0], size=9)
    yield from _on_both_sides(
        0.1, "every component is off by as much", even, rng.permutation([1.0] * 4 + [-1.0] * 5)
    )
    for name, one in (("first", np.eye(9)[0]), ("last", np.eye(9)[8])):
        small = even * np.where(one == 1, 1, 1e-3)
        yield from _on_both_sides(0.1, f"only the {name} component is off", even, one)
        yield from _on_both_sides(
            0.1, f"only the {name} component, which is large, is off", small, one
        )
        yield from _on_both_sides(
            0.1, f"only the {name} component, which is large, is right", small, 1 - one
        )
    yield from _on_both_sides(0.5, "every component is too long", even, even)


def _on_both_sides(
    tolerance: float, name: str, slopes: np.ndarray, error: np.ndarray
) -> Iterator[tuple[float, str, np.ndarray, np.ndarray]]:
    """Yield an error below and one above a tolerance."""
    for word, share in (("passes", 0.8), ("fails", 1.2)):
        ratio = share * tolerance
        yield (
            tolerance,
            f"{word} with a tolerance of {tolerance} where {name} and the ratio is {ratio:.2g}",
            slopes,
            _scaled_error(slopes, error, ratio),
        )


def _scaled_error(slopes: np.ndarray, error: np.ndarray, ratio: float) -> np.ndarray:
    """Return the multiple of `error` with ‖error‖ / (‖slopes + error‖ + ‖slopes‖) = ratio."""
    low, high = 0.0, 1e3
    for _ in range(100):
        middle = (low + high) / 2
        size = np.linalg.norm(slopes + middle * error) + np.linalg.norm(slopes)
        if middle * np.linalg.norm(error) < ratio * size:
            low = middle
        else:
            high = middle
    return low * error


def _check_linear(
    check_gradient: Callable, slopes: np.ndarray, error: np.ndarray, tolerance: float
) -> Any:
    """Check the claimed gradient of a linear function, at a point given as a list."""
    return check_gradient(
        lambda t: float((slopes * t).sum()), lambda t: slopes + error + 0 * t, [0.5] * 9, tolerance
    )


def draw_smooth_function(
    rng: np.random.Generator, n: int
) -> tuple[Callable[[np.ndarray], float], Callable[[np.ndarray], np.ndarray]]:
    """Draw a function of `n` numbers that is nowhere steep, and return it with its gradient."""
    A, b = rng.normal(size=(n, n)), rng.uniform(1, 2, size=n)
    A = (A + A.T) / (2 * n)
    return (
        lambda t: float(t @ A @ t / 2 + b @ t + np.cos(t).sum()),
        lambda t: A @ t + b - np.sin(t),
    )


@exercise()
def logistic_backward(
    logistic_backward: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe loss and derivatives on tables of several sizes, and where exponentials overflow."""
    for m, n in SIZES:
        X, theta = rng.normal(size=(m, n)), rng.normal(size=n)
        yield call(logistic_backward, parts=LOGISTIC, X=X, y=draw_labels(rng, m), theta=theta)
    X, theta, y = rng.normal(size=LARGE), rng.normal(size=LARGE[1]), draw_labels(rng, LARGE[0])
    yield from call_again(
        logistic_backward,
        {"X": X + 0.1, "y": 1 - y, "theta": theta + 0.1},
        parts=LOGISTIC,
        X=X,
        y=y,
        theta=theta,
    )
    whole: dict[str, Any] = {"X": [[1, 2], [1, 3], [1, -5]], "y": [1, 0, 1], "theta": [0, 1]}
    yield call(logistic_backward, parts=LOGISTIC, **whole)
    huge = rng.uniform(800, 900, size=(4, 1)) * np.array([[1], [1], [-1], [-1]])
    far: dict[str, Any] = {"X": huge, "y": np.array([1.0, 0.0, 1.0, 0.0]), "theta": np.ones(1)}
    yield call(logistic_backward, parts=LOGISTIC, **far)
    yield refuses(
        logistic_backward, "y has another length than X has rows", [[1.0], [2.0]], [1.0], [1.0]
    )
    yield refuses(
        logistic_backward, "theta has no entry for each column of X", [[1.0, 2.0]], [1.0], [1.0]
    )


def draw_labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """Draw `m` labels 0 or 1; from two samples on, both occur."""
    return (rng.permutation(m) < max(1, m // 2)).astype(float)


@exercise()
def softmax_cross_entropy(
    softmax_cross_entropy: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe loss and derivative for targets of both kinds, and for scores of any size."""

    def observe(Z: ArrayLike, Y: ArrayLike) -> Observation:
        return call(softmax_cross_entropy, parts=("loss", "dZ"), Z=Z, Y=Y)

    for m, k in ((6, 3), (4, 4), (5, 2), (1, 3)):
        classes = np.eye(k)[rng.integers(k, size=m)]
        yield observe(2 * rng.normal(size=(m, k)), classes)
    Z, shares = rng.normal(size=LARGE), rng.dirichlet(np.ones(LARGE[1]), size=LARGE[0])
    yield from call_again(
        softmax_cross_entropy,
        {"Z": 2 * Z, "Y": np.roll(shares, 1, axis=1)},
        parts=("loss", "dZ"),
        Z=Z,
        Y=shares,
    )
    Z, shares = rng.normal(size=(5, 4)), rng.dirichlet(np.ones(4), size=5)
    yield observe(Z, shares)
    yield observe([[1, 2], [0, 5]], [[1, 0], [0, 1]])
    yield observe(Z + 1000.0 * np.array([[2], [-2], [1], [-1], [0]]), shares)
    yield observe(rng.uniform(200, 900, size=(3, 3)), np.eye(3)[rng.permutation(3)])
    # So far apart that the smaller probability is 0: once at the true class, once beside it.
    gap = float(rng.uniform(900, 1100))
    yield observe(np.array([[0.0, gap], [gap, 0.0]]), np.array([[1.0, 0.0], [1.0, 0.0]]))
    yield refuses(softmax_cross_entropy, "Z and Y differ in shape", [[1.0, 2.0]], [[1.0]])


@exercise()
def mlp_backward(mlp_backward: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the gradients of networks of depth 1 to 3 with every activation."""
    for m, sizes, activations in NETWORKS:
        X, Y, weights = draw_network(rng, m, sizes, activations[-1])
        yield from call_again(
            mlp_backward,
            {
                "X": X + 0.1,
                "Y": Y[:, ::-1] / 2,
                "weights": [(W + 0.1, b) for W, b in weights],
                "activations": ["tanh"] * len(activations),
            },
            parts=_pairs(len(weights)),
            X=X,
            Y=Y,
            weights=weights,
            activations=list(activations),
        )
    yield call(
        mlp_backward,
        parts=_pairs(2),
        X=[[1, 2], [0, 1], [3, 1]],
        Y=[[1], [0], [2]],
        weights=[([[1, 0], [-1, 1]], [0, 1]), ([[1], [2]], [1])],
        activations=["linear", "linear"],
    )
    X, Y, weights = draw_network(rng, 3, (2, 2, 1), "linear")
    yield refuses(
        mlp_backward, "Y has other columns than the last layer", X, X, weights, ["tanh"] * 2
    )
    yield refuses(mlp_backward, "there is no activation for each layer", X, Y, weights, ["tanh"])
    yield refuses(mlp_backward, "there is no layer", X, X, [], [])
    yield refuses(mlp_backward, "an activation is unknown", X, Y, weights, ["tanh", "wave"])


def _pairs(layers: int) -> dict[str, tuple[str, str]]:
    return {f"layer {layer}": ("dW", "db") for layer in range(1, layers + 1)}


def draw_network(
    rng: np.random.Generator, m: int, sizes: Sequence[int], last: str
) -> tuple[np.ndarray, np.ndarray, Layers]:
    """Draw inputs, targets that suit the last activation, and weights with nonzero biases."""
    X = rng.normal(size=(m, sizes[0]))
    if last == "softmax":
        Y = np.eye(sizes[-1])[rng.integers(sizes[-1], size=m)]
    else:
        Y = rng.uniform(-1, 2, size=(m, sizes[-1]))
    weights = [
        (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)) for n_in, n_out in pairwise(sizes)
    ]
    return X, Y, weights
