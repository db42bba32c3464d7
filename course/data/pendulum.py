"""Frames of a swinging pendulum: many pixels, determined by one coordinate."""

import numpy as np

SIDE = 12
LENGTH, BLUR = 0.4, 0.15
"""Length of the string and width of the bob's image, in widths of the frame."""
PIVOT = 0.35
"""Distance of the pivot from the upper edge, in heights of the frame."""


def pendulum(
    m: int, rng: np.random.Generator, widest: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Return frames of a pendulum at `m` random times.

    Parameters
    ----------
    m : int
        Number of frames.
    rng : numpy.random.Generator
    widest : float
        Largest angle from the vertical, in radians.

    Returns
    -------
    frames : (m, 144) array
        One frame of 12 × 12 pixels a row, 0 dark to 1 bright, the upper left pixel first; only
        the bob is bright.
    angle : (m,) array
        In radians, uniform from −widest to widest.
    """
    angle = rng.uniform(-widest, widest, size=m)
    bob_x = 0.5 + LENGTH * np.sin(angle)
    bob_y = PIVOT + LENGTH * np.cos(angle)
    centre = (np.arange(SIDE) + 0.5) / SIDE
    across = (centre[None, None, :] - bob_x[:, None, None]) ** 2
    down = (centre[None, :, None] - bob_y[:, None, None]) ** 2
    return np.exp(-(across + down) / (2 * BLUR**2)).reshape(m, -1), angle
