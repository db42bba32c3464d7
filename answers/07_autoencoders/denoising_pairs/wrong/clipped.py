"""clipped to [0, 1]

It looks like the noisy images are cut off at 0 and 1. Nothing is clipped here: half of the noise of
a white pixel would be lost.

Breaks: nothing is clipped
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return np.clip(clean + rng.normal(0, noise, size=clean.shape), 0, 1), clean
