"""uniform noise"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + noise * rng.uniform(-1, 1, size=clean.shape), clean
