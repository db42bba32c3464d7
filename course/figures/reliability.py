"""A reliability diagram: how often events with a score are signal, beside the score itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from course.figures.curves import curves
from course.figures.figure import Description
from course.validation.arrays import as_arrays

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

BINS = 10
FEWEST = 20
"""Scores are taken in ten bins of one width; one with fewer events than this is left out."""


def reliability(
    samples: Mapping[str, tuple[ArrayLike, ArrayLike]], alt: str
) -> Figure | Description:
    """Return a picture of the share of signal against the mean score, for bins of the score.

    Parameters
    ----------
    samples : mapping of str to (y, score)
        Truth (1 signal, 0 background) and score, from 0 to 1, of the events of each sample, two
        array_likes (m,).
    alt : str
        Description of the picture.

    Raises
    ------
    ValueError
        If y and score of a sample differ in length or are not numbers, or a score is outside
        [0, 1].
    """
    lines = {"calibrated": ([0.0, 1.0], [0.0, 1.0])}
    for name, (y, score) in samples.items():
        truth, given = as_arrays(**{f"y of {name}": y, f"score of {name}": score})
        if given.min() < 0 or given.max() > 1:
            raise ValueError(
                f"score of {name} runs from {given.min():g} to {given.max():g}; expected 0 to 1"
            )
        place = np.minimum((BINS * given).astype(int), BINS - 1)
        filled = [place == bin for bin in range(BINS) if np.sum(place == bin) >= FEWEST]
        means = [float(given[events].mean()) for events in filled]
        lines[name] = means, [float(truth[events].mean()) for events in filled]
    return curves(lines, "score", "share of signal", alt, names_above=True)
