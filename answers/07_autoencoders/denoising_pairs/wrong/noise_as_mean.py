"""noise given as the mean

It looks like the noise lies around a mean that is not 0. The generator's first argument is the
mean: which one is the scale?
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + rng.normal(noise, size=clean.shape), clean
