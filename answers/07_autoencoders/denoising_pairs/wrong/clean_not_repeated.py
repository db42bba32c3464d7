"""clean images not repeated

It looks like there are fewer clean images than noisy ones. Row i of both belong together: the
clean ones are repeated, too.
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + rng.normal(0, noise, size=clean.shape), X
