"""uniform noise

It looks like the noise is not normal but spread evenly. Draw it with rng.normal.
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    reach = noise * np.sqrt(3)
    return clean + rng.uniform(-reach, reach, size=clean.shape), clean
