"""pairs torn apart

It looks like noisy and clean images are in different orders: one repeated, the other tiled. Row i
of both must be the same image.

Breaks: Row i of noisy is
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    noisy = np.repeat(X, copies, axis=0)
    return noisy + rng.normal(0, noise, size=noisy.shape), np.tile(X, (copies, 1))
