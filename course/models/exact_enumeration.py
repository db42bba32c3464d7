"""Exact sums over all states of small machines, the reference for everything sampled."""

import numpy as np

from course.notebook_guard import library_only


def states(n: int, values: tuple[float, float]) -> np.ndarray:
    """Return all 2ⁿ states (2ⁿ, n) of units with two `values` each.

    Examples
    --------
    >>> states(2, (0.0, 1.0))
    array([[0., 0.],
           [1., 0.],
           [0., 1.],
           [1., 1.]])
    """
    bits = np.arange(2**n)[:, None] >> np.arange(n) & 1
    return np.where(bits == 1, values[1], values[0])


@library_only
def spin_probabilities(W: np.ndarray, theta: np.ndarray, beta: float) -> np.ndarray:
    """Return the Boltzmann probability (2^N,) of each row of `states(N, (-1, 1))`."""
    s = states(len(W), (-1.0, 1.0))
    exponent = beta * (0.5 * np.einsum("ki,ij,kj->k", s, W, s) - s @ theta)
    return np.exp(exponent - np.logaddexp.reduce(exponent))


@library_only
def rbm_log_partition(W: np.ndarray, a: np.ndarray, b: np.ndarray) -> float:
    """Return ln Z of an RBM with at most about 20 units in its smaller layer."""
    if len(a) < len(b):
        W, a, b = W.T, b, a
    h = states(len(b), (0.0, 1.0))
    return float(np.logaddexp.reduce(h @ b + np.logaddexp(0, h @ W.T + a).sum(axis=1)))


@library_only
def rbm_log_likelihood(V: np.ndarray, W: np.ndarray, a: np.ndarray, b: np.ndarray) -> float:
    """Return the mean of ln p(v) over the rows of `V` (m, n_v)."""
    free_energy = -(V @ a) - np.logaddexp(0, V @ W + b).sum(axis=1)
    return float(-free_energy.mean()) - rbm_log_partition(W, a, b)


@library_only
def rbm_gradient(
    V: np.ndarray, W: np.ndarray, a: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradient of the mean log-likelihood in W, a and b, without sampling."""
    v = states(len(a), (0.0, 1.0))
    free_energy = -(v @ a) - np.logaddexp(0, v @ W + b).sum(axis=1)
    weight = np.exp(-free_energy - np.logaddexp.reduce(-free_energy))
    hidden, data = _sigmoid(v @ W + b), _sigmoid(V @ W + b)
    return (
        V.T @ data / len(V) - (v * weight[:, None]).T @ hidden,
        V.mean(axis=0) - weight @ v,
        data.mean(axis=0) - weight @ hidden,
    )


@library_only
def rbm_mean_of_chains(
    V: np.ndarray, W: np.ndarray, a: np.ndarray, b: np.ndarray, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean of CD-`k` over all chains from the rows of `V` (m, n_v), without sampling."""
    v, h = states(len(a), (0.0, 1.0)), states(len(b), (0.0, 1.0))
    down = _probabilities(_sigmoid(v @ W + b), h)
    up = _probabilities(_sigmoid(h @ W.T + a), v)
    start = (V[:, None] == v).all(axis=2).mean(axis=0)
    weight = start @ np.linalg.matrix_power(down @ up, k)
    hidden, data = _sigmoid(v @ W + b), _sigmoid(V @ W + b)
    return (
        V.T @ data / len(V) - (v * weight[:, None]).T @ hidden,
        V.mean(axis=0) - weight @ v,
        data.mean(axis=0) - weight @ hidden,
    )


def _probabilities(p: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Return the probability of each row of `units` (s, n), for each row of `p` (r, n): (r, s)."""
    return np.where(units == 1, p[:, None], 1 - p[:, None]).prod(axis=2)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(0.5 * x))
