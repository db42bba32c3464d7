"""A film of a swinging pendulum: many numbers a frame, one coordinate behind them."""

import numpy as np

SIDE = 12
LENGTH, BLUR = 0.4, 0.15
"""Of the string and of the bob's picture, in widths of the frame."""
PIVOT = 0.35
"""How far below the upper edge the string hangs."""


def pendulum(
    m: int, rng: np.random.Generator, widest: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Film a pendulum at `m` random moments.

    Parameters
    ----------
    m : int
        Frames.
    rng : numpy.random.Generator
    widest : float
        Largest angle from the vertical, in radians.

    Returns
    -------
    frames : (m, 144) array
        One frame of 12 × 12 pixels a row, 0 dark to 1 bright, the upper left pixel first: the bob
        alone is lit.
    angle : (m,) array
        In radians, drawn evenly from −widest to widest.
    """
    angle = rng.uniform(-widest, widest, size=m)
    bob_x = 0.5 + LENGTH * np.sin(angle)
    bob_y = PIVOT + LENGTH * np.cos(angle)
    centre = (np.arange(SIDE) + 0.5) / SIDE
    across = (centre[None, None, :] - bob_x[:, None, None]) ** 2
    down = (centre[None, :, None] - bob_y[:, None, None]) ** 2
    return np.exp(-(across + down) / (2 * BLUR**2)).reshape(m, -1), angle
