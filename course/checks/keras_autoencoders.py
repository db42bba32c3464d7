"""Properties of a pair of Keras models that unit 07 checks: codes, images, errors."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from course.checks.keras_models import LAST, chains, require_keras_model, shapes

BETTER, TARGETS = "better than PCA", "the targets"
"""What right answers reach."""
NEITHER = "neither"
"""What bad luck may reach."""
ONE_EACH, FREE = "one in each", "free"

GAIN = 0.9
"""Share of PCA's error below which an error is better; a linear autoencoder stays above it."""

ATTEMPTS = 3
"""Trainings before an error counts. From a bad start a right answer may miss its aim.

Of 60 trainings of right answers the worst reached 0.5 of what is allowed; the logarithms of their
errors scatter by 0.5, so that one misses by chance with a probability of some 1e-4, and three of
three below 1e-9.
"""


class TrainedAutoencoder:
    """An encoder and a decoder after training.

    Parameters
    ----------
    answer : object
        What the student's function returned.
    known, fresh : (m, n) arrays
        Training data, and data held out.

    Raises
    ------
    TypeError
        If the answer is not a pair of Keras models.
    """

    def __init__(self, answer: Any, known: np.ndarray, fresh: np.ndarray) -> None:
        self._known, self.fresh = known, fresh
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise TypeError(
                f"expected two models, encoder and decoder; got {type(answer).__name__}"
            )
        self._models = tuple(map(require_keras_model, answer))

    @cached_property
    def _codes(self) -> np.ndarray:
        return _output("the encoder", self._models[0], self.fresh.astype(np.float32))

    @cached_property
    def images(self) -> np.ndarray:
        """The decoder's images of the codes, (m, n)."""
        return _output("the decoder", self._models[1], self._codes).astype(float)

    def code_shape(self) -> tuple[int, ...]:
        """Return the shape of all codes."""
        return self._codes.shape

    def image_shape(self) -> tuple[int, ...]:
        """Return the shape of all images."""
        return self.images.shape

    def weight_shapes(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Return the shapes of the encoder's weights and of the decoder's, layer after layer."""
        (encoder, decoder), n = self._models, self.fresh.shape[1]
        return shapes(encoder, n), shapes(decoder, self._codes.shape[1])

    def activations(self) -> str:
        """Tell which of the two models lacks an activation after its hidden layer."""
        rows = self.fresh.astype(np.float32)
        straight = [
            name
            for name, model, x, given in (
                ("the encoder", self._models[0], rows, self._codes),
                ("the decoder", self._models[1], self._codes, self.images),
            )
            if _is_straight(model, x, given)
        ]
        return f"none in {' and '.join(straight)}" if straight else ONE_EACH

    def signs(self) -> tuple[float, float]:
        """Return −1, 0 or 1 for the smallest and for the largest code."""
        return float(np.sign(self._codes.min())), float(np.sign(self._codes.max()))

    def sums(self) -> str:
        """Describe the sums over pixels: always 1, or free."""
        return "always 1" if np.allclose(self.images.sum(axis=1), 1, atol=1e-3) else FREE

    def error(self, targets: np.ndarray) -> float:
        """Return the mean over images of the sum of squared differences to `targets`."""
        return float(np.mean(np.sum((self.images - targets) ** 2, axis=1)))

    def quality(self) -> str:
        """Compare the error with that of PCA with as many axes, and with that of the mean.

        If it is large, biases that are all 0 show that the models were never trained.
        """
        from sklearn.decomposition import PCA

        axes = PCA(self._codes.shape[1], svd_solver="full").fit(self._known)
        linear = axes.inverse_transform(axes.transform(self.fresh))
        best = float(np.mean(np.sum((linear - self.fresh) ** 2, axis=1)))
        error = self.error(self.fresh)
        if error < GAIN * best:
            return BETTER
        blank = float(np.mean(np.sum((self._known.mean(axis=0) - self.fresh) ** 2, axis=1)))
        if error < (best + blank) / 2:
            return "no better than PCA"
        return "far worse than PCA" if self._has_biases() else "that of models never trained"

    def nearest(self, targets: np.ndarray) -> str:
        """Describe what the images are nearest to: the inputs, the targets, or neither."""
        errors = {
            "the images as they went in": self.error(self.fresh),
            TARGETS: self.error(targets),
        }
        nearest = min(errors, key=lambda name: errors[name])
        blank = float(np.mean(np.sum((targets.mean(axis=0) - targets) ** 2, axis=1)))
        return nearest if errors[nearest] < 0.9 * blank else NEITHER

    def is_built_otherwise(self) -> bool:
        """Tell whether models that were trained lack an activation or have a softmax at their end.

        Other observations say so. How well such models do is a matter of luck and would, now and
        then, look like a second mistake.
        """
        return self._has_biases() and (self.activations() != ONE_EACH or self.sums() != FREE)

    def could_be_right(self) -> bool:
        """Tell whether, but for its errors, all is as in a right answer that was trained."""
        return self._has_biases() and not self.is_built_otherwise()

    def _has_biases(self) -> bool:
        """Tell whether the code of a zero image is not 0; before training, it is 0."""
        blank = np.zeros_like(self.fresh[:1], np.float32)
        return bool(np.any(_output("the encoder", self._models[0], blank)))


def with_luck(
    train: Callable[[], TrainedAutoencoder], good: Callable[[TrainedAutoencoder], bool]
) -> TrainedAutoencoder:
    """Train until the models are good, or wrong whatever the luck; return the last ones.

    There are at most `ATTEMPTS` trainings.
    """
    for _ in range(ATTEMPTS):
        models = train()
        try:
            if good(models) or not models.could_be_right():
                break
        except (TypeError, ValueError):  # they do not take such data: luck does not help
            break
    return models


def _output(name: str, model: Any, rows: np.ndarray) -> np.ndarray:
    """Return what a model makes of rows.

    Raises
    ------
    TypeError
        If it takes rows of another length.
    """
    try:
        return np.asarray(model(rows, training=False))
    except Exception as error:
        raise TypeError(f"{name} does not take rows of {rows.shape[1]} numbers") from error


def _is_straight(model: Any, x: np.ndarray, given: np.ndarray) -> bool:
    """Tell whether a model's output is that of its layers without an activation in between."""
    weights = [np.asarray(weight, dtype=float) for weight in model.get_weights()]
    order = next(chains(weights, x.shape[1]), None)
    if order is None:
        return False
    value = x.astype(float)
    for kernel, bias in order:
        value = value @ weights[kernel] + weights[bias]
    return any(np.allclose(last(value), given, atol=1e-3) for last in LAST.values())
