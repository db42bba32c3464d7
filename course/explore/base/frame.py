"""What an explorable shows at one state (`Frame`), and many of them packed for the browser.

A `Block` is a lattice of frames: no axis for a single frame, one axis for a sweep of one slider,
all axes for a page without a kernel. The browser knows only blocks.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

State = Mapping[str, Any]

_WIRE = {"float32": "f4", "uint8": "u1", "int32": "i4"}
_ALIGN = 8
_GAP = 65535  # the 16-bit code of "not a number": a gap in a line


def _wire_array(name: str, values: object) -> np.ndarray:
    """Return `values` in one of the three types that travel: float32, uint8, int32."""
    array = np.asarray(values)
    if array.dtype.name in _WIRE and array.flags.c_contiguous:
        return array
    if array.dtype.kind == "f":
        with np.errstate(over="ignore"):
            array = array.astype(np.float32)
        return np.where(np.isfinite(array), array, np.float32(np.nan))
    if array.dtype.kind == "b" or (
        array.dtype.kind in "iu" and array.size and array.min() >= 0 and array.max() <= 255
    ):
        return np.ascontiguousarray(array, dtype=np.uint8)
    if array.dtype.kind in "iu":
        return np.ascontiguousarray(array, dtype=np.int32)
    raise ValueError(f"frame array {name!r} holds {array.dtype}; expected numbers or booleans")


@dataclass(frozen=True)
class Frame:
    """Everything drawn at one state.

    Parameters
    ----------
    arrays
        Named arrays that the layers draw. A read-only array (``flags.writeable`` false) counts as
        background: it is sent to a page once, however many frames show it.
    summary
        What is seen, in one sentence or two.
    scalars
        Named numbers: marks on sliders, rules, values in the readout.
    opening
        What is said in place of the summary until the run has been seen to its end, so that a
        reader can predict it; empty for the summary.

    Raises
    ------
    ValueError
        If an array is not numeric.
    """

    arrays: Mapping[str, np.ndarray]
    summary: str
    scalars: Mapping[str, float] = field(default_factory=dict)
    opening: str = ""

    def __post_init__(self) -> None:
        arrays = {name: _wire_array(name, values) for name, values in self.arrays.items()}
        object.__setattr__(self, "arrays", arrays)


@dataclass(frozen=True)
class Block:
    """Frames over the product of some controls' values, the other controls held at `base`.

    Parameters
    ----------
    base
        Control values that hold for every frame.
    axes
        Pairs (control key, its values); the last one runs fastest.
    frames
        One per point of the product of the axes.
    """

    base: State
    axes: Sequence[tuple[str, Sequence[Any]]]
    frames: Sequence[Frame]

    def __post_init__(self) -> None:
        expected = math.prod(len(values) for _, values in self.axes)
        if len(self.frames) != expected:
            raise ValueError(f"{len(self.frames)} frames for a lattice of {expected} points")


def background_key(array: np.ndarray) -> str:
    """Return a name for the content of `array`, the same in every message."""
    digest = hashlib.blake2b(array.tobytes(), digest_size=8)
    digest.update(repr((array.shape, array.dtype.name)).encode())
    return digest.hexdigest()


class _Bytes:
    """One growing buffer whose pieces start where typed arrays may start."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.length = 0

    def add(self, piece: bytes) -> int:
        """Append `piece` and return where it starts."""
        start = self.length
        padding = -len(piece) % _ALIGN
        self.pieces.append(piece + b"\0" * padding)
        self.length += len(piece) + padding
        return start


def _unique(items: Iterable[Any]) -> tuple[list[Any], list[int]]:
    """Return the different objects among `items`, and for each item the place of its object."""
    pool: list[Any] = []
    places: dict[int, int] = {}
    index = []
    for item in items:
        if id(item) not in places:
            places[id(item)] = len(pool)
            pool.append(item)
        index.append(places[id(item)])
    return pool, index


def _unique_texts(texts: Iterable[str]) -> tuple[list[str], list[int]]:
    """Return the different texts, and for each text its place among them."""
    places: dict[str, int] = {}
    index = [places.setdefault(text, len(places)) for text in texts]
    return list(places), index


def _quantise(values: np.ndarray) -> tuple[np.ndarray, dict[str, object]]:
    """Return float `values` as 16-bit codes and how to read them back.

    Values that are all positive and span more than three decades are coded by their logarithm.
    """
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    logarithmic = low > 0 and high > 1e3 * low
    if logarithmic:
        values, low, high = np.log(values), math.log(low), math.log(high)
    # A step of few digits, and 0 on one of them: what begins at 0 is not read back as 10⁻⁵.
    step = float(np.nextafter(np.float32(((high - low) or 1.0) / (_GAP - 2)), np.float32(np.inf)))
    low = step * math.floor(low / step)
    codes = np.rint((values - low) / step)
    codes = np.where(np.isfinite(codes), codes, _GAP).astype("<u2")
    return codes, {"dtype": "u2", "low": low, "high": low + step * (_GAP - 1), "log": logarithmic}


def _pack_array(
    name: str,
    arrays: Sequence[np.ndarray],
    buffer: _Bytes,
    known: Collection[str],
    quantise: bool,
) -> dict[str, Any]:
    """Add the arrays called `name`, one for each frame, to `buffer`; return their header entry."""
    pool, index = _unique(arrays)
    if any(array.shape[1:] != pool[0].shape[1:] for array in pool):
        raise ValueError(f"frame array {name!r} may change its length only along axis 0")
    rows = [array.shape[0] if array.ndim else 1 for array in pool]
    entry: dict[str, Any] = {
        "shape": list(pool[0].shape[1:]),
        "rows": rows[0] if len(set(rows)) == 1 else rows,
        "index": None if index == list(range(len(index))) else index,
        "dtype": _WIRE[pool[0].dtype.name],
    }
    if not any(array.flags.writeable for array in pool):
        keys = [background_key(array) for array in pool]
        starts = [
            None if key in known else buffer.add(array.tobytes())
            for key, array in zip(keys, pool, strict=True)
        ]
        return entry | {"keys": keys, "starts": starts}
    flat = np.concatenate([array.ravel() for array in pool])
    if quantise and flat.dtype == np.float32:
        flat, encoding = _quantise(flat)
        entry |= encoding
    return entry | {"start": buffer.add(flat.tobytes())}


def pack(
    block: Block, known: Collection[str] = (), quantise: bool = False
) -> tuple[dict[str, Any], bytes]:
    """Return a JSON header and one binary buffer that hold `block`.

    Parameters
    ----------
    block
        The frames to send.
    known
        Keys of the background arrays the receiver holds already; they are not sent again.
    quantise
        Code floats in 16 bits (1/65534 of their span), for pages that carry thousands of frames.
    """
    buffer = _Bytes()
    names = block.frames[0].arrays.keys()
    for frame in block.frames:
        if frame.arrays.keys() != names:
            raise ValueError(f"frames hold {sorted(frame.arrays)} and {sorted(names)}; not both")
    arrays = {
        name: _pack_array(name, [f.arrays[name] for f in block.frames], buffer, known, quantise)
        for name in names
    }
    summaries, summary = _unique_texts(frame.summary for frame in block.frames)
    openings, opening = _unique_texts(frame.opening for frame in block.frames)
    scalars = {
        name: [round_significant(frame.scalars[name]) for frame in block.frames]
        for name in block.frames[0].scalars
    }
    header = {
        "base": dict(block.base),
        "axes": [{"key": key, "values": list(values)} for key, values in block.axes],
        "arrays": arrays,
        "summaries": summaries,
        "summary": summary,
        "openings": openings,
        "opening": opening,
        "scalars": {k: v[0] if len(set(v)) == 1 else v for k, v in scalars.items()},
    }
    return header, b"".join(buffer.pieces)


def round_significant(value: float, digits: int = 5) -> float | None:
    """Return `value` to `digits` significant digits; ``None`` (JSON null) if it is not finite."""
    value = float(value)
    return float(f"{value:.{digits}g}") if math.isfinite(value) else None
