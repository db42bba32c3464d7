"""The data sets of the course: those read from files that come with it, and MNIST.

What is drawn from a generator, a pendulum or collisions, has a module of its own in this folder.
"""

from pathlib import Path

import numpy as np

from course.data.mnist import load_mnist

__all__ = ["hubble1929", "load_mnist", "nebulae_today", "unlike_features"]

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


def nebulae_today() -> tuple[list[str], np.ndarray]:
    """Return names and present distances of the nebulae of `hubble1929`, in the same order.

    Returns
    -------
    name : list of str, 24
    distance : ndarray, shape (24,)
        In megaparsecs (Mpc), rounded to what different methods agree on: 5 to 10 %.

    Notes
    -----
    Collected in the Extragalactic Distance Database: R. B. Tully et al., Astron. J. 138 (2009) 323;
    G. S. Anand et al., Astron. J. 162 (2021) 80 (tip of the red giants). Magellanic Clouds:
    G. Pietrzyński et al., Nature 567 (2019) 200; D. Graczyk et al., Astrophys. J. 904 (2020) 13.
    M 106: M. J. Reid et al., Astrophys. J. Lett. 886 (2019) L27. Virgo cluster: J. P. Blakeslee
    et al., Astrophys. J. 694 (2009) 556. The file names the method of each.

    Examples
    --------
    >>> name, distance = nebulae_today()
    >>> name[8], float((distance / hubble1929()[0]).max().round(1))
    ('M 51', 17.2)
    """
    rows = np.loadtxt(_existing("nebulae_today.csv"), delimiter=",", skiprows=1, dtype=str)
    return rows[:, 0].tolist(), rows[:, 1].astype(float)


def unlike_features() -> np.ndarray:
    """Return six samples of four features of very different scale, shape (6, 4).

    Columns are near 50, of either sign near 2, near 2000 and near 0.04 (lecture deck 001).
    """
    return _columns("unlike_features.csv")


def _columns(name: str) -> np.ndarray:
    return np.loadtxt(_existing(name), delimiter=",", skiprows=1)


def _existing(name: str) -> Path:
    path = FOLDER / name
    if not path.exists():
        raise FileNotFoundError(f"the course's file {name} is missing from {FOLDER}; install anew")
    return path
