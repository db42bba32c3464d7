"""Classifiers of the collider sample, recorded while they train: logistic regression, networks.

Depth 0 is logistic regression, depth d a network of d hidden layers: what unit 02 builds.
"""

from dataclasses import dataclass

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
    require_whole(most=MOST_LAYERS, depth=depth)
    require_whole(least=1, epochs=epochs)
    if np.ptp(train.y) == 0:
        raise ValueError(f"all {len(train.y)} training events are of one class; expected both")
    rng = np.random.default_rng(seed)
    mean, spread = train.X.mean(axis=0), train.X.std(axis=0)
    X, Xt = (((events.X - mean) / spread).astype(np.float32) for events in (train, test))
    Y, Yt = (events.y[:, None].astype(np.float32) for events in (train, test))
    sizes = [X.shape[1], *[HIDDEN] * depth, 1]
    activations = [*["tanh"] * depth, "sigmoid"]
    layers = network.initialise(sizes, rng)
    scores, losses = np.empty((epochs + 1, len(test))), np.empty((2, epochs + 1))
    for epoch in range(epochs + 1):
        if epoch:
            step = ALPHA / (1 + 3 * epoch / epochs)  # decays, so that training converges
            layers, _ = network.train(
                X, Y, layers, activations, step, 1, "binary_crossentropy", BATCH, rng
            )
        for row, (x, y) in enumerate(((X, Y), (Xt, Yt))):
            output = network.forward(x, layers, activations)[-1]
            losses[row, epoch] = network.loss("binary_crossentropy", output, y)
        scores[epoch] = output[:, 0]
    return TrainingHistory(scores, *losses)
