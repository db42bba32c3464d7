"""Classifiers of the collider sample, recorded while they train: logistic regression, networks.

Depth 0 is logistic regression, depth d a network of d hidden layers: what unit 02 builds.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from course.data.collider import Collisions
from course.models import network
from course.validation.arrays import require_whole

HIDDEN = 16
ALPHA = 0.3
BATCH = 32
EPOCHS = 20
MOST_LAYERS = 3


@dataclass(frozen=True)
class TrainingHistory:
    """Scores and losses of a classifier, epoch by epoch.

    Attributes
    ----------
    scores : (epochs + 1, m) array
        The score of every test event before training and after each epoch, in (0, 1).
    train_loss, test_loss : (epochs + 1,) arrays
        Mean cross-entropy on the training and on the test events.
    """

    scores: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray


def train_classifier(
    train: Collisions, test: Collisions, depth: int, seed: int = 0, epochs: int = EPOCHS
) -> TrainingHistory:
    """Train a classifier by mini-batch gradient descent; score the test events after each epoch.

    Features are standardised with the mean and spread of the training events.

    Raises
    ------
    ValueError
        If `depth` is not a whole number from 0 to 3, `epochs` is below 1, or the training events
        are all of one class.
    """
    require_whole(least=1, epochs=epochs)
    scores, losses = np.empty((epochs + 1, len(test))), np.empty((2, epochs + 1))
    for epoch, score in enumerate(_training(train, depth, seed, epochs)):
        for row, events in enumerate((train, test)):
            output = score(events.X)
            truth = events.y[:, None].astype(np.float32)
            losses[row, epoch] = network.loss("binary_crossentropy", output, truth)
        scores[epoch] = output[:, 0]
    return TrainingHistory(scores, *losses)


def score_samples(
    train: Collisions, samples: Iterable[Collisions], depth: int, seed: int = 0
) -> list[np.ndarray]:
    """Train a classifier as `train_classifier` does; return the scores of other samples, each (m,).

    Raises
    ------
    ValueError
        As `train_classifier`.
    """
    *_, score = _training(train, depth, seed, EPOCHS)
    return [score(events.X)[:, 0].astype(float) for events in samples]


def _training(
    train: Collisions, depth: int, seed: int, epochs: int
) -> Iterator[Callable[[np.ndarray], np.ndarray]]:
    """Yield the classifier before training and after each epoch: from features to scores (m, 1)."""
    require_whole(most=MOST_LAYERS, depth=depth)
    if np.ptp(train.y) == 0:
        raise ValueError(f"all {len(train.y)} training events are of one class; expected both")
    rng = np.random.default_rng(seed)
    mean, spread = train.X.mean(axis=0), train.X.std(axis=0)
    activations = [*["tanh"] * depth, "sigmoid"]

    def standardise(X: np.ndarray) -> np.ndarray:
        return ((X - mean) / spread).astype(np.float32)

    def score(layers: network.Layers, X: np.ndarray) -> np.ndarray:
        return network.forward(standardise(X), layers, activations)[-1]

    X, Y = standardise(train.X), train.y[:, None].astype(np.float32)
    layers = network.initialise([X.shape[1], *[HIDDEN] * depth, 1], rng)
    for epoch in range(epochs + 1):
        if epoch:
            step = ALPHA / (1 + 3 * epoch / epochs)  # decays, so that training converges
            layers, _ = network.train(
                X, Y, layers, activations, step, 1, "binary_crossentropy", BATCH, rng
            )
        yield partial(score, layers)
