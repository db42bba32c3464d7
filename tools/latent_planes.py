"""Train the autoencoders that the explorable LatentPlane shows, and store them.

Run as ``python -m tools.latent_planes`` after a change of the digits; takes half a minute.
"""

import json
from typing import Any

import numpy as np

from course.data.digits import digits
from course.models import network
from course.models.latent_planes import DEPTHS, STORED, layer_activations, pack_weights

EPOCHS, WIDTH, BATCH = 120, 64, 32
RATE, STRAIGHT_RATE = 0.004, 0.015


def train(depth: int) -> dict[str, Any]:
    """Return the layers of an autoencoder with `depth` hidden layers each way, and its errors."""
    known, fresh = (part.X.astype(np.float32) for part in digits())
    rng = np.random.default_rng(7)
    layers = network.initialise([64, *[WIDTH] * depth, 2, *[WIDTH] * depth, 64], rng)
    kinds = layer_activations(depth)
    flat = [array for layer in layers for array in layer]
    mean, square = ([np.zeros_like(array) for array in flat] for _ in "ms")
    highest = RATE if depth else STRAIGHT_RATE
    losses, step, steps = [], 0, EPOCHS * -(-len(known) // BATCH)
    for _ in range(EPOCHS):
        losses.append(_error(fresh, layers, kinds))
        order = rng.permutation(len(known))
        for first in range(0, len(known), BATCH):
            x = known[order[first : first + BATCH]]
            slopes = network.backward(network.forward(x, layers, kinds), x, layers, kinds)
            step += 1
            rate = (
                highest * 0.5 * (1 + np.cos(np.pi * step / steps))
            )  # Adam, its rate let down to 0
            for i, slope in enumerate(array for layer in slopes for array in layer):
                mean[i] += 0.1 * (slope - mean[i])
                square[i] += 0.001 * (slope**2 - square[i])
                up = mean[i] / (1 - 0.9**step)
                flat[i] -= rate * up / (np.sqrt(square[i] / (1 - 0.999**step)) + 1e-8)
    losses.append(_error(fresh, layers, kinds))
    return {
        "layers": [[pack_weights(W), pack_weights(b)] for W, b in layers],
        "losses": np.round(losses, 4).tolist(),
    }


def _error(X: np.ndarray, layers: network.Layers, kinds: list[str]) -> float:
    """Return the mean of the sum of squared differences."""
    return X.shape[1] * network.loss("mse", network.forward(X, layers, kinds)[-1], X)


def main() -> None:
    """Write all depths, and print what each reaches."""
    found = {str(depth): train(depth) for depth in DEPTHS}
    STORED.write_text(json.dumps(found) + "\n", encoding="utf-8")
    print({depth: held["losses"][-1] for depth, held in found.items()})


if __name__ == "__main__":
    main()
