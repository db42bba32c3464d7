"""Handwritten digits: MNIST if it is cached or can be fetched, else scikit-learn's smaller ones.

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
TIMEOUT = 10.0
"""Seconds to wait for a server's response."""
GRADED = 600, 300
"""Numbers of training and test images while a submission is graded."""


class DataFileError(ValueError):
    """An invalid data file; the message says what is wrong with it."""


def load_mnist(say: bool = True) -> Images:
    """Return handwritten digits as (x_train, y_train), (x_test, y_test), as Keras does.

    Sources, in this order: the file named by the environment variable `COURSE_MNIST`; Keras's
    cache; Keras's server (11 MB, once); scikit-learn's 8 × 8 digits. One printed line says which
    was used. While a submission is graded, only the first few hundred images are returned.

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
        If `COURSE_MNIST` names a file that is missing, truncated or of another format.
    """
    data, source = _find()
    if is_graded():
        source += f"; while grading, the first {GRADED[0]} and {GRADED[1]} of them"
        train, test = ((x[:most], y[:most]) for (x, y), most in zip(data, GRADED, strict=True))
        data = train, test
        run_eagerly()
    if say:
        print(f"Data: {source}.")
    return data


def cache_path() -> Path:
    """Return the path of Keras's copy."""
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    return Path(home) / "datasets" / "mnist.npz"


def read_images(path: Path) -> Images:
    """Read a file with the layout of Keras's mnist.npz.

    Raises
    ------
    DataFileError
        If the file is missing or truncated, has another layout, or its labels are not digits.
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
    """Fetch Keras's file to `path`, with a progress bar; only a complete file is stored there.

    Raises
    ------
    OSError
        If the server cannot be reached, is not a web server, or ends the transfer early.
    DataFileError
        If the file has another checksum.
    """
    try:
        with urllib.request.urlopen(SOURCE, timeout=TIMEOUT) as answer:
            path.parent.mkdir(parents=True, exist_ok=True)
            _delete_partial_files(path)
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
    """Require that a file, called `name` in the message, is the one that Keras distributes.

    Raises
    ------
    DataFileError
        If its checksum differs.
    """
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise DataFileError(
            f"{name}: {path.stat().st_size:,} bytes whose checksum is not MNIST's ({found[:12]}…, "
            f"expected {SHA256[:12]}…): damaged, or something else, such as a network's login page"
        )


def _receive(answer: http.client.HTTPResponse, file: BinaryIO) -> None:
    """Write the response to `file`; raise OSError if it ends early."""
    from tqdm.auto import tqdm

    total = answer.length or 0
    with tqdm(total=total or None, unit="B", unit_scale=True, desc="MNIST") as bar:
        while chunk := _read_chunk(answer):
            file.write(chunk)
            bar.update(len(chunk))
    received = file.tell()
    if received < total:
        raise OSError(f"the server ended after {received:,} of {total:,} bytes")


def _read_chunk(answer: http.client.HTTPResponse) -> bytes:
    """Return the next bytes; empty at the end, also if the end comes early."""
    try:
        return answer.read1(CHUNK)
    except http.client.IncompleteRead as cut:
        return cut.partial


def _delete_partial_files(path: Path) -> None:
    """Delete partial files of killed fetches; a running fetch writes to its file more often."""
    for half in path.parent.glob(f".{path.name}-*"):
        with contextlib.suppress(OSError):
            if time.time() - half.stat().st_mtime > 2 * TIMEOUT:
                half.unlink()


def small_digits() -> Images:
    """Return scikit-learn's digits, (1437 and 360, 8, 8), their 17 levels spread over 0 to 255."""
    images, labels = (part.copy() for part in _small_digits())
    return (images[:1437], labels[:1437]), (images[1437:], labels[1437:])


@functools.cache
def _small_digits() -> tuple[np.ndarray, np.ndarray]:
    """Read the digits once, since parsing them from text is slow."""
    from sklearn.datasets import load_digits

    pixels, labels = load_digits(return_X_y=True)
    images = np.rint(pixels.reshape(-1, 8, 8) * (255 / 16)).astype(np.uint8)
    return images, labels.astype(np.uint8)


def describe_images(data: Images) -> str:
    """Describe the number and the size of the images."""
    (x_train, _), (x_test, _) = data
    rows, columns = x_train.shape[1:]
    return f"{len(x_train):,} training and {len(x_test):,} test images of {rows} × {columns} pixels"


def _find() -> tuple[Images, str]:
    named = os.environ.get(VARIABLE)
    if named:
        try:
            data = read_images(Path(named).expanduser())
        except DataFileError as error:
            raise DataFileError(f"{VARIABLE} names a file that will not do: {error}") from error
        return data, f"MNIST from {Path(named).name}, {describe_images(data)}"
    path = cache_path()
    reason = _fetch_if_missing(path)
    if not reason:
        try:
            data = read_images(path)
            return data, f"MNIST from Keras's cache, {describe_images(data)}"
        except DataFileError as error:
            reason = str(error)
    data = small_digits()
    return (
        data,
        f"not MNIST but scikit-learn's smaller digits, {describe_images(data)}. Why: {reason}",
    )


def _fetch_if_missing(path: Path) -> str:
    """Fetch the file if it is missing; return the reason if that fails, else an empty string."""
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
