"""Train the classifier that Keras shows in the explorable Classifiers, and store its curve.

Run as ``python -m tools.keras_collider`` after a change of the collider sample; takes a minute.
"""

import json
import os

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from course.data.collider import collisions
from course.explore.roc.classifiers import SIZES, STORED, TEST_EVENTS
from course.models.roc_bands import bands

EPOCHS = 40


def scores(seed: int = 0) -> np.ndarray:
    """Return the scores (m,) that a network of two hidden layers gives the test events."""
    import keras

    keras.utils.set_random_seed(seed)
    n = SIZES[-1] // 2
    train, test = collisions(n, n, seed=1), collisions(TEST_EVENTS, TEST_EVENTS, seed=2)
    mean, spread = train.X.mean(axis=0), train.X.std(axis=0)
    model = keras.Sequential(
        [
            keras.Input((train.X.shape[1],)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="binary_crossentropy")
    model.fit((train.X - mean) / spread, train.y, epochs=EPOCHS, batch_size=64, verbose=0)
    return model.predict((test.X - mean) / spread, verbose=0)[:, 0]


def main() -> None:
    """Write the curve on the grid of `course.models.roc_bands` and the AUC with its interval."""
    test = collisions(TEST_EVENTS, TEST_EVENTS, seed=2)
    judged = bands(test.y, scores()[None])
    stored = {"tpr": judged.tpr[0].round(4).tolist(), "area": judged.areas[0].round(4).tolist()}
    STORED.write_text(json.dumps(stored) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
