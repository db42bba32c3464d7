"""Make the runs that the explorable LearningRates shows: one network, one seed, many rates."""

import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from course.explore.keras_mnist.default_data import default_digits  # noqa: E402
from course.explore.keras_mnist.learning_rates import EPOCHS, RATES, RUNS  # noqa: E402
from course.explore.keras_mnist.trainer import dense_network  # noqa: E402


def run(rate: float) -> dict[str, list[float]]:
    """Train the small network at one rate and return its losses, rounded to four digits."""
    import keras

    keras.utils.set_random_seed(4)
    data = default_digits()
    model = dense_network(1, 64, 0.0, rate, data["train"][0].shape[1])
    before = [model.evaluate(*data[part], verbose=0)[0] for part in ("train", "validation")]
    recorded = model.fit(
        *data["train"],
        batch_size=128,
        epochs=EPOCHS,
        validation_data=data["validation"],
        verbose=0,
    ).history
    kept = {
        "loss": [before[0], *recorded["loss"]],
        "val_loss": [before[1], *recorded["val_loss"]],
        "val_accuracy": recorded["val_accuracy"],
    }
    return {
        name: [float(f"{v:.4g}") if np.isfinite(v) else 1e4 for v in values]
        for name, values in kept.items()
    }


if __name__ == "__main__":
    runs = {f"{rate:g}": run(rate) for rate in RATES}
    RUNS.write_text(json.dumps(runs, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")
