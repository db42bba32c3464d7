"""noise of one sign

It looks like the noise is never negative, so every image gets darker. Its mean is 0: use
rng.normal, not its absolute value, nor rng.random.
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + np.abs(rng.normal(0, noise, size=clean.shape)), clean
