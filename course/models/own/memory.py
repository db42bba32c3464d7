"""Unit 06: spins that remember, machines that dream."""

import numpy as np
from scipy.special import expit

from course.models.exact_enumeration import states
from course.models.hopfield import hebbian_couplings
from course.models.own.stand_in import stand_in
from course.models.rbm import new_machine, train_epoch

Machine = tuple[np.ndarray, np.ndarray, np.ndarray]
"""W, a, b, or the slopes of ln p in them."""


@stand_in
def hebbian_weights(patterns: np.ndarray) -> np.ndarray:
    """Return Hebb's couplings (N, N)."""
    return hebbian_couplings(np.asarray(patterns, dtype=float))


@stand_in
def hopfield_energy(s: np.ndarray, W: np.ndarray, theta: np.ndarray) -> float:
    """Return the energy of a state."""
    spins, field = np.asarray(s, dtype=float), np.asarray(W) @ np.asarray(s, dtype=float)
    return float(np.dot(spins, np.asarray(theta) - field / 2))


@stand_in
def recall(
    s0: np.ndarray, W: np.ndarray, theta: np.ndarray, rng: np.random.Generator, max_sweeps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the state at rest, and the energy at the start and after each sweep."""
    spins, couplings, thresholds = (np.array(part, dtype=float) for part in (s0, W, theta))
    energies = [hopfield_energy(spins, couplings, thresholds)]
    moved, sweeps = True, 0
    while moved and sweeps < max_sweeps:
        moved, sweeps = False, sweeps + 1
        for unit in rng.permutation(len(spins)):
            wanted = 1.0 if couplings[unit] @ spins - thresholds[unit] >= 0 else -1.0
            moved |= wanted != spins[unit]
            spins[unit] = wanted
        energies.append(hopfield_energy(spins, couplings, thresholds))
    return spins, np.array(energies)


@stand_in
def p_on(delta_e: np.ndarray, beta: float) -> np.ndarray:
    """Return the probability that a unit is on."""
    return expit(-beta * np.asarray(delta_e, dtype=float))


@stand_in
def partition_function(W: np.ndarray, theta: np.ndarray, beta: float) -> float:
    """Return the sum over all states."""
    s = states(len(theta), (-1.0, 1.0))
    energies = s @ np.asarray(theta) - np.sum((s @ np.asarray(W)) * s, axis=1) / 2
    return float(np.exp(-beta * energies).sum())


@stand_in
def boltzmann_sample(
    s0: np.ndarray,
    W: np.ndarray,
    theta: np.ndarray,
    beta: float,
    n_sweeps: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the state after each sweep, (n_sweeps, N)."""
    spins, couplings, thresholds = (np.array(part, dtype=float) for part in (s0, W, theta))
    seen = np.tile(spins, (n_sweeps, 1))
    for row in seen:
        for unit, chance in zip(rng.permutation(len(spins)), rng.random(len(spins)), strict=True):
            up = expit(2 * beta * (couplings[unit] @ spins - thresholds[unit]))
            spins[unit] = 1.0 if chance < up else -1.0
        row[:] = spins
    return seen


@stand_in
def p_hidden(v: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return p(h = 1 | v), (m, n_h)."""
    return expit(np.asarray(v) @ W + b)


@stand_in
def p_visible(h: np.ndarray, W: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return p(v = 1 | h), (m, n_v)."""
    return expit(np.asarray(h) @ np.asarray(W).T + a)


@stand_in
def rbm_energy(
    v: np.ndarray, h: np.ndarray, W: np.ndarray, a: np.ndarray, b: np.ndarray
) -> np.ndarray:
    """Return E(v, h), (m,)."""
    return -(np.asarray(v) @ a + np.asarray(h) @ b + np.einsum("mi,ij,mj->m", v, W, h))


@stand_in
def free_energy(v: np.ndarray, W: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return F(v), (m,)."""
    inputs = np.asarray(v) @ W + b
    softplus = np.maximum(inputs, 0) + np.log1p(np.exp(-np.abs(inputs)))
    return -(np.asarray(v) @ a + softplus.sum(axis=1))


@stand_in
def cd_gradient(
    v: np.ndarray, W: np.ndarray, a: np.ndarray, b: np.ndarray, k: int, rng: np.random.Generator
) -> Machine:
    """Return the CD-k estimate of the slopes."""
    seen = np.asarray(v, dtype=float)
    chain = seen
    for _ in range(k):
        up = rng.random((len(seen), len(b))) < p_hidden(chain, W, b)
        chain = (rng.random(seen.shape) < p_visible(up, W, a)).astype(float)
    wake, sleep = p_hidden(seen, W, b), p_hidden(chain, W, b)
    slope = (np.einsum("mi,mj->ij", seen, wake) - np.einsum("mi,mj->ij", chain, sleep)) / len(seen)
    return slope, np.mean(seen - chain, axis=0), np.mean(wake - sleep, axis=0)


@stand_in
def train_rbm(
    V: np.ndarray,
    n_hidden: int,
    epochs: int,
    alpha: float,
    batch_size: int,
    k: int,
    rng: np.random.Generator,
) -> Machine:
    """Return a machine trained by contrastive divergence."""
    data = np.asarray(V, dtype=np.float32)
    machine = new_machine(data.shape[1], n_hidden, rng)
    for _ in range(epochs):
        train_epoch(machine, data, alpha, batch_size, k, rng)
    return machine.W.astype(float), machine.a.astype(float), machine.b.astype(float)
