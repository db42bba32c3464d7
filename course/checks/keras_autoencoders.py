"""What unit 07 asks of a pair of Keras models, from outside: codes, images, errors in words."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from course.checks.autoencoders import BETTER


class Trained:
    """An encoder and a decoder, trained when they are first looked at, then remembered.

    Parameters
    ----------
    train : callable
        Takes nothing, returns what the student's function returned.
    known, fresh : (m, n) arrays
        What was learned from, and what judges.
    """

    def __init__(self, train: Callable[[], Any], known: np.ndarray, fresh: np.ndarray) -> None:
        self._train, self._known, self._fresh = train, known, fresh

    @cached_property
    def _result(self) -> tuple[np.ndarray, np.ndarray] | Exception:
        try:
            return self._looked_at()
        except Exception as error:  # told again wherever the models are looked at
            return error

    def _looked_at(self) -> tuple[np.ndarray, np.ndarray]:
        """Return codes and images of the judging rows.

        Raises
        ------
        TypeError
            If the answer is not a pair of models.
        """
        answer = self._train()
        if answer is None:
            raise TypeError("the function gives nothing back: end it with a `return`")
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise TypeError(f"expected two models, encoder and decoder; got {type(answer).__name__}")
        import keras

        for model in answer:
            if not isinstance(model, keras.Model):
                raise TypeError(f"this is {type(model).__name__}, not a Keras model")
        encoder, decoder = answer
        codes = np.asarray(encoder(self._fresh.astype(np.float32), training=False), dtype=float)
        images = decoder(codes.astype(np.float32), training=False)
        return codes, np.asarray(images, dtype=float)

    def _seen(self) -> tuple[np.ndarray, np.ndarray]:
        if isinstance(self._result, Exception):
            raise self._result
        return self._result

    def shapes(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the shapes of codes and images."""
        codes, images = self._seen()
        return codes.shape, images.shape

    def signs(self) -> str:
        """Say whether codes have both signs."""
        codes = self._seen()[0]
        return "both" if codes.min() < 0 < codes.max() else "one only"

    def images(self) -> np.ndarray:
        """Return the images (m, n) that the decoder makes of the codes."""
        return self._seen()[1]

    def judged(self) -> str:
        """Say how the error compares with PCA's of as many axes, and with that of the mean."""
        from sklearn.decomposition import PCA

        codes, images = self._seen()
        error = float(np.mean(np.sum((images - self._fresh) ** 2, axis=1)))
        axes = PCA(codes.shape[1], svd_solver="full").fit(self._known)
        linear = axes.inverse_transform(axes.transform(self._fresh))
        best = float(np.mean(np.sum((linear - self._fresh) ** 2, axis=1)))
        if error < BETTER * best:
            return "better than PCA"
        blank = float(np.mean(np.sum((self._known.mean(axis=0) - self._fresh) ** 2, axis=1)))
        if error < (best + blank) / 2:
            return "no better than PCA"
        return "no better than the mean image" if error < 2 * blank else "far off"


def looks_like(trained: Trained, inputs: np.ndarray, targets: np.ndarray) -> str:
    """Say whether the images are nearer to the inputs or to the targets."""
    images = trained.images()
    errors = {
        name: float(np.mean((images - rows) ** 2))
        for name, rows in (("the images as they went in", inputs), ("the targets", targets))
    }
    nearest = min(errors, key=lambda name: errors[name])
    blank = float(np.mean((targets.mean(axis=0) - targets) ** 2))
    return nearest if errors[nearest] < 0.9 * blank else "neither"
