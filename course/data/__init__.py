"""The data sets of the course, read from files that come with it."""

from pathlib import Path

import numpy as np

from course.data.mnist import load_mnist

__all__ = ["hubble1929", "load_mnist", "unlike_features"]

FOLDER = Path(__file__).parent


def hubble1929() -> tuple[np.ndarray, np.ndarray]:
    """Return distances and radial velocities of 24 nebulae.

    Returns
    -------
    distance : ndarray, shape (24,)
        In megaparsecs (Mpc), in rising order.
    velocity : ndarray, shape (24,)
        In km/s; negative if a nebula approaches.

    Notes
    -----
    E. Hubble, "A relation between distance and radial velocity among extra-galactic nebulae",
    PNAS 15 (1929) 168. Least squares gives velocity = 454.158 distance − 40.784.

    Examples
    --------
    >>> distance, velocity = hubble1929()
    >>> np.polyfit(distance, velocity, 1).round(3)
    array([454.158, -40.784])
    """
    distance, velocity = _columns("hubble1929.csv").T
    return distance, velocity


def unlike_features() -> np.ndarray:
    """Return six samples of four features of very different scale, shape (6, 4).

    Columns are near 50, of either sign near 2, near 2000 and near 0.04 (lecture deck 001).
    """
    return _columns("unlike_features.csv")


def _columns(name: str) -> np.ndarray:
    path = FOLDER / name
    if not path.exists():
        raise FileNotFoundError(f"the course's file {name} is missing from {FOLDER}; install anew")
    return np.loadtxt(path, delimiter=",", skiprows=1)
