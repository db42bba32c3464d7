"""Properties of a pair of Keras models that unit 07 checks: codes, images, errors."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from course.models.keras_training import quiet_keras

BETTER = 0.9
"""An error below this share of PCA's is better; a linear autoencoder stays above it."""


class TrainedAutoencoder:
    """An encoder and a decoder, trained on first use and then kept.

    Parameters
    ----------
    train : callable
        Takes no argument, returns the result of the student's function.
    known, fresh : (m, n) arrays
        Training data, and data held out.
    """

    def __init__(self, train: Callable[[], Any], known: np.ndarray, fresh: np.ndarray) -> None:
        self._train, self._known, self.fresh = train, known, fresh

    @cached_property
    def _models(self) -> tuple[Any, Any] | Exception:
        try:
            return _pair(self._train())
        except Exception as error:  # raised again by each observation of the models
            return error

    @cached_property
    def _codes(self) -> np.ndarray:
        if isinstance(self._models, Exception):
            raise self._models
        return np.asarray(self._models[0](self.fresh.astype(np.float32), training=False))

    @cached_property
    def images(self) -> np.ndarray:
        """The decoder's images of the codes, (m, n)."""
        return np.asarray(self._models[1](self._codes, training=False), dtype=float)

    def code_shape(self) -> tuple[int, ...]:
        """Return the shape of all codes."""
        return self._codes.shape

    def image_shape(self) -> tuple[int, ...]:
        """Return the shape of all images."""
        return self.images.shape

    def signs(self) -> tuple[float, float]:
        """Return −1, 0 or 1 for the smallest and for the largest code."""
        return float(np.sign(self._codes.min())), float(np.sign(self._codes.max()))

    def sums(self) -> str:
        """Describe the sums over pixels: always 1, or free."""
        return "always 1" if np.allclose(self.images.sum(axis=1), 1, atol=1e-3) else "free"

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
        if error < BETTER * best:
            return "better than PCA"
        blank = float(np.mean(np.sum((self._known.mean(axis=0) - self.fresh) ** 2, axis=1)))
        if error < (best + blank) / 2:
            return "no better than PCA"
        return "far worse than PCA" if self._has_biases() else "that of models never trained"

    def _has_biases(self) -> bool:
        """Tell whether the code of a zero image is not 0; before training, it is 0."""
        return bool(np.any(self._models[0](np.zeros_like(self.fresh[:1], np.float32))))


def _pair(answer: Any) -> tuple[Any, Any]:
    """Return the two models.

    Raises
    ------
    TypeError
        If the answer is not a pair of Keras's own models.
    """
    if answer is None:
        raise TypeError("your function returns None: is a `return` missing?")
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise TypeError(f"expected two models, encoder and decoder; got {type(answer).__name__}")
    for model in answer:
        if not isinstance(model, quiet_keras().Model):
            raise TypeError(f"this is {type(model).__name__}, not a Keras model")
    return answer[0], answer[1]


def nearest_target(trained: TrainedAutoencoder, targets: np.ndarray) -> str:
    """Describe what the images are nearest to: the inputs, the targets, or neither."""
    errors = {
        "the images as they went in": trained.error(trained.fresh),
        "the targets": trained.error(targets),
    }
    nearest = min(errors, key=lambda name: errors[name])
    blank = float(np.mean(np.sum((targets.mean(axis=0) - targets) ** 2, axis=1)))
    return nearest if errors[nearest] < 0.9 * blank else "neither"
