"""Record the runs that LearningRates and TrainLive show: many rates, a few networks, one seed."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from course.explore.keras_mnist.default_data import default_digits  # noqa: E402
from course.explore.keras_mnist.learning_rates import EPOCHS, RATES, RUNS  # noqa: E402
from course.explore.keras_mnist.train_live import TrainLive  # noqa: E402
from course.explore.keras_mnist.trainer import dense_network  # noqa: E402


def run(depth: int, width: int, dropout: float, learning_rate: float) -> dict[str, Any]:
    """Train a network and return its settings and its losses, rounded to four digits."""
    import keras

    keras.utils.set_random_seed(4)
    data = default_digits()
    model = dense_network(depth, width, dropout, learning_rate, data["train"][0].shape[1])
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
    rounded = {
        name: [float(f"{v:.4g}") if np.isfinite(v) else 1e4 for v in values]
        for name, values in kept.items()
    }
    settings = {"depth": depth, "width": width, "dropout": dropout, "learning_rate": learning_rate}
    return settings | rounded


if __name__ == "__main__":
    wanted = [{"depth": 1, "width": 64, "dropout": 0.0, "learning_rate": rate} for rate in RATES]
    wanted += [preset for preset in map(dict, TrainLive.presets.values()) if preset not in wanted]
    runs = [run(**settings) for settings in wanted]
    RUNS.write_text(json.dumps(runs, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")
