"""The RBM beside scikit-learn's at equal settings; how fast a lattice is swept and shown."""

from __future__ import annotations

import pathlib
import statistics
import tempfile
import time
from collections.abc import Callable

import numpy as np
from sklearn.neural_network import BernoulliRBM

from benchmarks._rows import row
from course.data.glyphs import binary_digits
from course.models import ising
from course.models.rbm import Machine, new_machine, pseudo_likelihood, train_epoch
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

HIDDEN, ALPHA, BATCH, EPOCHS, ROUNDS = 64, 0.05, 20, 20, 3


Trainer = Callable[[np.ndarray, int], Machine]


def _descent(V: np.ndarray, seed: int) -> Machine:
    rng = np.random.default_rng(seed)
    made = new_machine(V.shape[1], HIDDEN, rng)
    for _ in range(EPOCHS):
        train_epoch(made, V, ALPHA, BATCH, 1, rng, persistent=True)
    return made


def _baseline(V: np.ndarray, seed: int) -> Machine:
    model = BernoulliRBM(
        HIDDEN, learning_rate=ALPHA, batch_size=BATCH, n_iter=EPOCHS, random_state=seed
    ).fit(V)
    parts = (model.components_.T, model.intercept_visible_, model.intercept_hidden_)
    return Machine(*(np.array(part, dtype=np.float32) for part in parts))


def _time_training(train: Trainer, V: np.ndarray, seed: int) -> tuple:
    begin = time.perf_counter()
    made = train(V, seed)
    return time.perf_counter() - begin, pseudo_likelihood(made, V.astype(np.float32))


def _sweep_rate() -> float:
    """Return how many sweeps of the lattice are computed in a second."""
    rng = np.random.default_rng(0)
    spins = ising.initial_spins(64, False, rng)
    begin = time.perf_counter()
    for _ in range(300):
        spins = ising.sweep(spins, 2.27, 0.0, rng)
    return 300 / (time.perf_counter() - begin)


def _frame_rate() -> float:
    """Return how many pictures of the lattice a second JupyterLab shows while Ising plays."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab")
        try:
            path = server.work / "ising.ipynb"
            write_notebook(path, "from course.explore import Ising\nIsing()")
            lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
            lab.open(path.name)
            lab.run_all()
            explored = lab.explorable("ising")
            explored.wait_settled()
            explored.root.get_by_role("button", name="play").click()
            rate = explored.pictures_a_second()
            lab.close()
        finally:
            server.close()
    return rate


def measure() -> list[dict]:
    """Train both in turn, on the same digits in float32, and compare medians."""
    V = binary_digits()[0].astype(np.float32)
    runs: dict[Trainer, list[tuple]] = {_descent: [], _baseline: []}
    for seed in range(ROUNDS):
        for train, kept in runs.items():
            kept.append(_time_training(train, V, seed))
    medians = (
        [statistics.median(column) for column in zip(*kept, strict=True)] for kept in runs.values()
    )
    times, scores = zip(*medians, strict=True)
    settings = f"{HIDDEN} hidden, {EPOCHS} epochs, batches of {BATCH}, persistent chains"
    return [
        row(
            f"RBM on 1797 digits ({settings}), beside BernoulliRBM",
            *times, "s", "at least as fast",
        ),
        row(
            "its pseudo-log-likelihood, exact, higher is better, beside BernoulliRBM's",
            *scores, "nats", "at least as good",
        ),
        row(
            "Ising, 64 × 64, pictures a second while playing",
            _frame_rate(), None, "frames/s", "at least 30 frames/s",
        ),
        row("sweeps of a 64 × 64 lattice computed in a second", _sweep_rate(), None, "/s"),
    ]  # fmt: skip
