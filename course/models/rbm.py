"""The course's own RBM: float32, whole batches, chains from the data or kept between batches.

Source: G. Hinton, "A practical guide to training restricted Boltzmann machines" (2010); persistent
chains: T. Tieleman, ICML 2008.
"""

from dataclasses import dataclass

import numpy as np

from course.notebook_guard import library_only

HALF = np.float32(0.5)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1/(1 + exp(−x)), computed in the place of `x`."""
    x *= HALF
    np.tanh(x, out=x)
    x *= HALF
    x += HALF
    return x


@dataclass
class Machine:
    """Weights `W` (n_v, n_h) and biases `a` (n_v,), `b` (n_h,) in float32; training changes them.

    Attributes
    ----------
    chains : ndarray or None
        Hidden units (batch, n_h) of the persistent chains, where there are any.
    """

    W: np.ndarray
    a: np.ndarray
    b: np.ndarray
    chains: np.ndarray | None = None

    def copy(self) -> "Machine":
        """Return an independent copy."""
        chains = None if self.chains is None else self.chains.copy()
        return Machine(self.W.copy(), self.a.copy(), self.b.copy(), chains)

    def hidden(self, v: np.ndarray) -> np.ndarray:
        """Return p(h = 1 | v), (m, n_h)."""
        x = v @ self.W
        x += self.b
        return sigmoid(x)

    def visible(self, h: np.ndarray) -> np.ndarray:
        """Return p(v = 1 | h), (m, n_v)."""
        x = h @ self.W.T
        x += self.a
        return sigmoid(x)

    def free_energy(self, v: np.ndarray) -> np.ndarray:
        """Return F(v), (m,)."""
        return -v @ self.a - np.logaddexp(0, v @ self.W + self.b).sum(axis=1)


@library_only
def new_machine(n_visible: int, n_hidden: int, rng: np.random.Generator) -> Machine:
    """Return a machine with small random weights and biases 0."""
    W = rng.normal(0, 0.01, size=(n_visible, n_hidden)).astype(np.float32)
    return Machine(W, np.zeros(n_visible, np.float32), np.zeros(n_hidden, np.float32))


@library_only
def gibbs(machine: Machine, v: np.ndarray, steps: int, rng: np.random.Generator) -> np.ndarray:
    """Return the visible units after `steps` of block Gibbs sampling from `v` (m, n_v)."""
    return _chain(machine, v, steps, rng)


def _chain(machine: Machine, v: np.ndarray, steps: int, rng: np.random.Generator) -> np.ndarray:
    for _ in range(steps):
        v = _draw(machine.visible(_draw(machine.hidden(v), rng)), rng)
    return v


def _draw(p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return (rng.random(p.shape, dtype=np.float32) < p).astype(np.float32)


@library_only
def train_epoch(
    machine: Machine,
    V: np.ndarray,
    alpha: float,
    batch_size: int,
    k: int,
    rng: np.random.Generator,
    persistent: bool = False,
) -> None:
    """Take one step a batch through all of `V` (m, n_v) of float32, shuffled.

    With `persistent` the chains go on from batch to batch, else each starts at its data.
    """
    V = V[rng.permutation(len(V))]
    W, a, b = machine.W, machine.a, machine.b
    if persistent and machine.chains is None:
        machine.chains = np.zeros((batch_size, len(b)), np.float32)
    for start in range(0, len(V), batch_size):
        v = V[start : start + batch_size]
        data = machine.hidden(v)
        if persistent:
            model = _chain(machine, _draw(machine.visible(machine.chains), rng), k - 1, rng)
        else:
            model = _chain(machine, v, k, rng)
        dream = machine.hidden(model)
        rate, back = np.float32(alpha / len(v)), np.float32(alpha / len(model))
        W += (v * rate).T @ data
        W -= (model * back).T @ dream
        a += rate * v.sum(axis=0) - back * model.sum(axis=0)
        b += rate * data.sum(axis=0) - back * dream.sum(axis=0)
        if persistent:
            machine.chains = _draw(dream, rng)


@library_only
def pseudo_likelihood(machine: Machine, V: np.ndarray) -> float:
    """Return the mean over rows of Σᵢ ln p(vᵢ | all other pixels), every pixel in turn.

    scikit-learn's `score_samples` draws one pixel a row and multiplies; this is what it estimates.
    """
    V = V.astype(np.float64)
    wide = Machine(*(part.astype(np.float64) for part in (machine.W, machine.a, machine.b)))
    here, total = wide.free_energy(V), np.zeros(len(V))
    for i in range(V.shape[1]):
        turned = V.copy()
        turned[:, i] = 1 - turned[:, i]
        total -= np.logaddexp(0, here - wide.free_energy(turned))
    return float(total.mean())
