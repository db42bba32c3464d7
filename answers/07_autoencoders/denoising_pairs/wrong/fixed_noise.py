"""noise ignored

It looks like the noise always has the same size. Its standard deviation is the argument `noise`.

Breaks: noise : float
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    clean = np.repeat(X, copies, axis=0)
    return clean + rng.normal(0, 0.3, size=clean.shape), clean
