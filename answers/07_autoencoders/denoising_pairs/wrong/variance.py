"""noise taken for the variance

It looks like the noise is too small, as if `noise` were squared. It is the standard deviation,
which is what rng.normal takes.

Breaks: Standard deviation of the normal
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + rng.normal(0, noise**2, size=clean.shape), clean
