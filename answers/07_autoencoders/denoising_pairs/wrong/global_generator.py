"""the global generator

It looks like the noise comes from np.random itself, so that nobody can draw it again. Write
rng.normal in place of np.random.normal.

Breaks: rng : numpy.random.Generator
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + np.random.normal(0, noise, size=clean.shape), clean
