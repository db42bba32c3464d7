"""Train the autoencoders that the explorable LatentPlane shows, and store them.

Run as ``python -m tools.latent_planes`` after a change of the digits; takes a few minutes.
"""

import json

import numpy as np

from course.autoencoders.planes import DEPTHS, STORED, packed
from course.data.digits import digits
from course.digits.training import quiet_keras

EPOCHS, WIDTH, BATCH = 150, 64, 32


def trained(depth: int) -> dict[str, object]:
    """Return the layers of an autoencoder with `depth` hidden layers each way, and its errors."""
    keras = quiet_keras()
    keras.utils.set_random_seed(7)
    known, fresh = (part.X.astype("float32") for part in digits())
    layers = [keras.Input((64,))]
    for width in [*[WIDTH] * depth, None, *[WIDTH] * depth]:
        activation = None if width is None else "tanh"
        layers.append(keras.layers.Dense(width or 2, activation=activation))
    layers.append(keras.layers.Dense(64, activation="sigmoid" if depth else None))
    model = keras.Sequential(layers)
    steps = EPOCHS * -(-len(known) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(0.01 if depth == 0 else 0.004, steps)
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="mse")
    before = float(model.evaluate(fresh, fresh, verbose=0))
    run = model.fit(
        known, known, validation_data=(fresh, fresh), epochs=EPOCHS, batch_size=BATCH, verbose=0
    )
    weights = model.get_weights()
    losses = 64 * np.array([before, *run.history["val_loss"]])
    return {
        "layers": [
            [packed(W), packed(b)] for W, b in zip(weights[::2], weights[1::2], strict=True)
        ],
        "losses": losses.round(4).tolist(),
    }


def main() -> None:
    """Write all depths, and print what each reaches."""
    found = {}
    for depth in DEPTHS:
        found[str(depth)] = trained(depth)
        print(depth, found[str(depth)]["losses"][-1], flush=True)
    STORED.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
