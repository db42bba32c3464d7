"""another generator

It looks like the noise comes from a generator of your own, so every call gives the same. Draw from
rng, the one you are given.

Breaks: The only source of chance
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + np.random.default_rng(0).normal(0, noise, size=clean.shape), clean
