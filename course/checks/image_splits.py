"""What a split of images into training and validation set has done with each of them.

The first two pixels of each image hold its number.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

PIXELS = 6
"""Rows and columns of the images given to `prepare`."""


def numbered_images(
    counts: Sequence[int] | np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw images whose first two pixels hold their number; no pixel is above 200."""
    labels = np.repeat(np.arange(len(counts)), counts)[rng.permutation(sum(counts))]
    images = rng.integers(0, 200, size=(len(labels), PIXELS, PIXELS)).astype(np.uint8)
    number = np.arange(len(labels))
    images[:, 0, 0], images[:, 0, 1] = number % 200, number // 200
    images[0, -1, -1] = 200
    return images, labels


def describe_shapes(parts: Any) -> str:
    """Describe the shapes of all parts."""
    if not isinstance(parts, Mapping):
        return f"no dictionary but {type(parts).__name__}"
    findings = []
    for name in sorted(parts):
        X, y = parts[name]
        findings.append(f"{name}: X {np.shape(X)} with y {np.shape(y)}")
    return ", ".join(findings)


def _tables(parts: Mapping[str, Any]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return both parts with one flat row for each image."""
    return [
        (np.asarray(X, dtype=float).reshape(len(X), -1), np.asarray(y))
        for X, y in (parts["train"], parts["validation"])
    ]


def _scale(parts: Mapping[str, Any]) -> float:
    """Return the scaled value of the largest pixel, 200."""
    return max(float(X[:, -1].max()) for X, _ in _tables(parts))


def largest_value(parts: Mapping[str, Any], images: np.ndarray) -> float:
    """Return the largest value in X; NaN if its rows are no images."""
    X = np.concatenate([X for X, _ in _tables(parts)])
    return round(float(X.max()), 5) if X.shape[1] == images[0].size else float("nan")


def image_numbers(parts: Mapping[str, Any], part: str) -> np.ndarray:
    """Return the number of each image, given by its first two pixels."""
    X = _tables(parts)[0 if part == "train" else 1][0]
    unit = _scale(parts) / 200
    return np.rint(X[:, 0] / unit + 200 * X[:, 1] / unit).astype(int)


def describe_split(parts: Mapping[str, Any], m: int) -> str:
    """Say whether images are lost, twice in a set, or in both sets."""
    counts = [
        np.bincount(image_numbers(parts, part).clip(0, m - 1), minlength=m)
        for part in ("train", "validation")
    ]
    findings = []
    if np.logical_and(*counts).any():
        findings.append("some images are in both sets")
    if (np.sum(counts, axis=0) == 0).any():
        findings.append("some images are lost")
    if max(int(count.max()) for count in counts) > 1:
        findings.append("some images are twice in a set")
    return " and ".join(findings) or "every image is in exactly one set"


def keeps_labels(parts: Mapping[str, Any], labels: np.ndarray) -> bool:
    """Tell whether each image stands beside its own label."""
    return all(
        np.array_equal(labels[image_numbers(parts, part)], np.asarray(parts[part][1]))
        for part in ("train", "validation")
    )


def keeps_rows(parts: Mapping[str, Any], images: np.ndarray) -> bool:
    """Tell whether each row of X is one image, row by row, scaled by one number."""
    unit = _scale(parts) / 200
    return all(
        np.allclose(
            X / unit, images.reshape(len(images), -1)[image_numbers(parts, part)], atol=1e-2
        )
        for part, (X, _) in zip(("train", "validation"), _tables(parts), strict=True)
    )


def class_counts(parts: Mapping[str, Any]) -> np.ndarray:
    """Return how many images of each of four classes the validation set has."""
    return np.bincount(np.asarray(parts["validation"][1]).astype(int), minlength=4)


def describe_choices(prepare: Callable, rng: np.random.Generator) -> str:
    """Tell whether all images of a class are chosen equally often, and not side by side.

    Of ten classes of ten images each, seven of each class are chosen, twenty times; the three that
    are left are counted. The choices in 200 classes are independent, and all 120 are as likely. So
    each limit is exceeded by chance once in 1e10, by the exact distributions:

    - An image at a certain place of its class is left 60 times of 200, give or take 47.
    - The sum of the places of those left is 2700, give or take 401. A class of which half is drawn
      and the rest goes in order is off by 1100.
    - Those left are neighbours 120 times in all, give or take 58; blocks are 300 times or more.
    - The first image of all, or the last, is left in all twenty splits with 2 · 0.3²⁰ = 7e-11.
    """
    labels = np.repeat(np.arange(10), 10)
    images = np.zeros((100, 2, 2), np.uint8)
    images[:, 0, 0], images[-1, -1, -1] = np.arange(100), 200
    left = np.zeros((20, 10, 10), dtype=bool)
    for split in left:
        parts = prepare(images, labels, np.random.default_rng(rng.integers(2**32)), 0.7)
        split.reshape(-1)[image_numbers(parts, "train").clip(0, 99)] = True
    if left.sum() != 600:
        return "not seven of ten"
    if (left == left[0]).all():
        return "always the first" if left[:, :, 7:].all() else "the same in every split"
    if left[:, 0, 0].all() or left[:, -1, -1].all():
        return "the first or the last image never"
    places = left.sum(axis=(0, 1))
    if np.abs(places - 60).max() > 47:
        return "some are chosen more often than others"
    if abs(places @ np.arange(10) - 2700) > 401:
        return "early ones are chosen more often than late ones, or late ones more often"
    neighbours = (left[..., 1:] & left[..., :-1]).sum()
    return "any" if abs(neighbours - 120) < 58 else "neighbours, or none"
