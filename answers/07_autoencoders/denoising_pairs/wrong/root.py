"""the root of the noise

It looks like the noise is too large, as if `noise` were a variance of which the root is taken. It
is the standard deviation already.
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + rng.normal(0, np.sqrt(noise), size=clean.shape), clean
