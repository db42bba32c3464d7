"""Handwritten digits: MNIST where it is at hand or can be fetched, else smaller real ones.

MNIST (Y. LeCun, C. Cortes, C. Burges) has 60,000 training and 10,000 test images of 28 × 28
pixels, in the file that Keras distributes. The stand-in is the 1,797 images of 8 × 8 pixels that
come with scikit-learn (E. Alpaydin, C. Kaynak, 1998).
"""

import contextlib
import functools
import hashlib
import http.client
import os
import tempfile
import time
import urllib.request
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from course.grading_mode import is_graded, run_eagerly

Images = tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Training images and labels, test images and labels."""

SOURCE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
VARIABLE = "COURSE_MNIST"
NAMES = ("x_train", "y_train", "x_test", "y_test")
CHUNK = 1 << 16
PATIENCE = 10.0
"""Seconds to wait for a server that does not answer."""
GRADED = 600, 300
"""How many training and test images there are while a submission is graded."""


class DataFileError(ValueError):
    """A data file that is not what it should be; the message says what is wrong with it."""


def load_mnist(say: bool = True) -> Images:
    """Return handwritten digits as (x_train, y_train), (x_test, y_test), as Keras does.

    Looked for in this order: the file that the environment variable `COURSE_MNIST` names; Keras's
    cache; Keras's server (11 MB, once); scikit-learn's 8 × 8 digits. One printed line says which
    it is. While a submission is graded there are only the first few hundred images.

    Parameters
    ----------
    say : bool
        Whether to print that line.

    Returns
    -------
    two pairs of arrays
        Images (m, rows, columns) uint8, 0 for paper to 255 for ink, and labels (m,) uint8.

    Raises
    ------
    DataFileError
        If `COURSE_MNIST` names a file that is missing, cut off or not of that kind.
    """
    data, words = _found()
    if is_graded():
        words += f"; while grading, the first {GRADED[0]} and {GRADED[1]} of them"
        train, test = ((x[:most], y[:most]) for (x, y), most in zip(data, GRADED, strict=True))
        data = train, test
        run_eagerly()
    if say:
        print(f"Data: {words}.")
    return data


def cached() -> Path:
    """Return where Keras keeps its copy."""
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    return Path(home) / "datasets" / "mnist.npz"


def read_images(path: Path) -> Images:
    """Read a file of the layout of Keras's mnist.npz.

    Raises
    ------
    DataFileError
        Which says what is wrong: missing, cut off, another layout, labels that are no digits.
    """
    if not path.is_file():
        raise DataFileError(f"{path}: there is no such file")
    try:
        with zipfile.ZipFile(path), np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in NAMES if name in stored.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        size = path.stat().st_size
        raise DataFileError(
            f"{path}: cut off, or no .npz file ({size:,} bytes; {error}); fetch it anew"
        ) from error
    _require_layout(path, arrays)
    return (arrays["x_train"], arrays["y_train"]), (arrays["x_test"], arrays["y_test"])


def fetch(path: Path) -> None:
    """Fetch Keras's file to `path`, with a progress bar; nothing is left there unless it is whole.

    Raises
    ------
    OSError
        If the server cannot be reached, ends in the middle, or is no web server.
    DataFileError
        If what came has another checksum.
    """
    try:
        with urllib.request.urlopen(SOURCE, timeout=PATIENCE) as answer:
            path.parent.mkdir(parents=True, exist_ok=True)
            _clear(path)
            handle, half = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
            try:
                with os.fdopen(handle, "wb") as file:
                    _receive(answer, file)
                require_keras(Path(half), SOURCE)
                Path(half).chmod(0o644)
                Path(half).replace(path)
            finally:
                Path(half).unlink(missing_ok=True)
    except http.client.HTTPException as error:
        raise OSError(f"what answers there is no web server: {type(error).__name__}") from error


def require_keras(path: Path, name: str) -> None:
    """Require that a file, called `name` to its reader, is the one that Keras distributes.

    Raises
    ------
    DataFileError
        If a single bit of it is another.
    """
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise DataFileError(
            f"{name}: {path.stat().st_size:,} bytes whose checksum is not MNIST's ({found[:12]}…, "
            f"expected {SHA256[:12]}…): damaged, or something else, such as a network's login page"
        )


def _receive(answer: http.client.HTTPResponse, file: BinaryIO) -> None:
    """Write to `file` what comes; an end that is too early is an OSError."""
    from tqdm.auto import tqdm

    total = answer.length or 0
    with tqdm(total=total or None, unit="B", unit_scale=True, desc="MNIST") as bar:
        while chunk := _part(answer):
            file.write(chunk)
            bar.update(len(chunk))
    received = file.tell()
    if received < total:
        raise OSError(f"the server ended after {received:,} of {total:,} bytes")


def _part(answer: http.client.HTTPResponse) -> bytes:
    """Return the next bytes; none at the end, also at one that came too early."""
    try:
        return answer.read1(CHUNK)
    except http.client.IncompleteRead as cut:
        return cut.partial


def _clear(path: Path) -> None:
    """Delete what fetches that were killed have left; one that lives writes more often."""
    for half in path.parent.glob(f".{path.name}-*"):
        with contextlib.suppress(OSError):
            if time.time() - half.stat().st_mtime > 2 * PATIENCE:
                half.unlink()


def small_digits() -> Images:
    """Return scikit-learn's digits, (1437 and 360, 8, 8), their 17 levels spread over 0 to 255."""
    images, labels = (part.copy() for part in _small_digits())
    return (images[:1437], labels[:1437]), (images[1437:], labels[1437:])


@functools.cache
def _small_digits() -> tuple[np.ndarray, np.ndarray]:
    """Read the digits once: they come as text."""
    from sklearn.datasets import load_digits

    pixels, labels = load_digits(return_X_y=True)
    images = np.rint(pixels.reshape(-1, 8, 8) * (255 / 16)).astype(np.uint8)
    return images, labels.astype(np.uint8)


def describe(data: Images) -> str:
    """Say how many images there are and of what size."""
    (x_train, _), (x_test, _) = data
    rows, columns = x_train.shape[1:]
    return f"{len(x_train):,} training and {len(x_test):,} test images of {rows} × {columns} pixels"


def _found() -> tuple[Images, str]:
    named = os.environ.get(VARIABLE)
    if named:
        try:
            data = read_images(Path(named).expanduser())
        except DataFileError as error:
            raise DataFileError(f"{VARIABLE} names a file that will not do: {error}") from error
        return data, f"MNIST from {Path(named).name}, {describe(data)}"
    path = cached()
    trouble = _missing(path)
    if not trouble:
        try:
            data = read_images(path)
            return data, f"MNIST from Keras's cache, {describe(data)}"
        except DataFileError as error:
            trouble = str(error)
    data = small_digits()
    return data, f"not MNIST but scikit-learn's smaller digits, {describe(data)}. Why: {trouble}"


def _missing(path: Path) -> str:
    """Fetch the file if it is not there; return why it still is not, or nothing."""
    if path.exists():
        return ""
    if is_graded():
        return "MNIST is not on this computer"
    try:
        fetch(path)
    except DataFileError as error:
        return str(error)
    except OSError as error:
        return f"MNIST could not be fetched ({getattr(error, 'reason', None) or error})"
    return ""


def _require_layout(path: Path, arrays: Mapping[str, Any]) -> None:
    missing = [name for name in NAMES if name not in arrays]
    if missing:
        raise DataFileError(f"{path}: lacks {', '.join(missing)}; expected {', '.join(NAMES)}")
    for part in ("train", "test"):
        x, y = arrays[f"x_{part}"], arrays[f"y_{part}"]
        if x.ndim != 3 or x.shape[1:] != (28, 28) or x.dtype != np.uint8:
            raise DataFileError(
                f"{path}: x_{part} is {x.dtype} {x.shape}; expected uint8 (m, 28, 28)"
            )
        if y.shape != (len(x),) or y.dtype.kind not in "iu":
            raise DataFileError(
                f"{path}: y_{part} is {y.dtype} {y.shape} beside {len(x)} images; "
                "expected one whole number for each"
            )
        if not len(y) or y.min() < 0 or y.max() > 9:
            raise DataFileError(f"{path}: y_{part} must hold digits from 0 to 9")
