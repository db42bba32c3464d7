"""Autoencoders with a code of two numbers: trained ones stored here, and a student's own.

``tools/latent_planes.py`` trained the stored ones and recorded their error after every epoch, since
training takes too long for an explorable.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from course.data.digits import Digits, digits
from course.models import network

STORED = Path(__file__).parents[1] / "data" / "latent_planes.json"
DEPTHS = (0, 1, 2, 3)
SHOWN = 300
"""Number of held-out digits shown in the plane."""

Function = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Plane:
    """An autoencoder whose code is a point of the plane.

    Attributes
    ----------
    codes : (300, 2) array
        Codes of held-out digits, in standard deviations from their mean.
    error : float
        On the held-out digits: the mean of the sum of squared differences.
    losses : (epochs + 1,) array
        That error after every epoch of training; NaN if unknown.
    decode : callable
        Takes points (k, 2) of the plane, returns images (k, 64), 0 paper to 1 ink.
    """

    codes: np.ndarray
    error: float
    losses: np.ndarray
    decode: Function


@cache
def held_out() -> Digits:
    """Return the digits that no stored autoencoder was trained on."""
    return digits()[1]


def make_plane(encoder: Function, decoder: Function, losses: np.ndarray) -> Plane:
    """Return the plane of a trained pair, in units of the standard deviation of the codes."""
    X = held_out().X.astype(np.float32)
    codes = np.asarray(encoder(X), dtype=float)
    centre, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)

    def decode(points: np.ndarray) -> np.ndarray:
        return np.asarray(decoder((centre + spread * points).astype(np.float32)), dtype=float)

    images = np.asarray(decoder(codes.astype(np.float32)), dtype=float)
    error = float(np.mean(np.sum((images - X) ** 2, axis=1)))
    return Plane(((codes - centre) / spread)[:SHOWN], error, losses, decode)


@cache
def stored_plane(depth: int) -> Plane:
    """Return the trained autoencoder with `depth` hidden layers each way."""
    stored = json.loads(STORED.read_text(encoding="utf-8"))[str(depth)]
    layers, kinds = (
        [(_unpack_weights(W), _unpack_weights(b)) for W, b in stored["layers"]],
        layer_activations(depth),
    )
    half = len(layers) // 2

    def encode(X: np.ndarray) -> np.ndarray:
        return network.forward(X, layers[:half], kinds[:half])[-1]

    def decode(codes: np.ndarray) -> np.ndarray:
        return network.forward(codes, layers[half:], kinds[half:])[-1]

    return make_plane(encode, decode, np.array(stored["losses"]))


def layer_activations(depth: int) -> list[str]:
    """Return the activations of the layers, encoder first; without hidden layers all is linear."""
    hidden = ["tanh"] * depth
    return [*hidden, "linear", *hidden, "sigmoid" if depth else "linear"]


def pack_weights(array: np.ndarray) -> dict[str, object]:
    """Return weights as JSON: half-precision numbers in base64, and their shape."""
    coded = base64.b64encode(array.astype("<f2").tobytes()).decode()
    return {"shape": list(array.shape), "f2": coded}


def _unpack_weights(packed: dict) -> np.ndarray:
    numbers = np.frombuffer(base64.b64decode(packed["f2"]), dtype="<f2")
    return numbers.reshape(packed["shape"]).astype(np.float32)


@cache
def pca_error() -> float:
    """Return the error of PCA with two components, the best linear autoencoder."""
    from sklearn.decomposition import PCA

    known, fresh = (part.X for part in digits())
    axes = PCA(2, svd_solver="full").fit(known)
    left = fresh - axes.inverse_transform(axes.transform(fresh))
    return float(np.mean(np.sum(left**2, axis=1)))
