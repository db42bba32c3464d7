"""copies ignored

It looks like every image is there once, whatever `copies` is. Repeat the clean images first:
np.repeat(X, copies, axis=0).

Breaks: copies : int
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    return X + rng.normal(0, noise, size=X.shape), X.copy()
