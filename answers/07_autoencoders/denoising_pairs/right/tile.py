"""the whole set again and again"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.tile(X, (copies, 1))
    return clean + noise * rng.standard_normal(clean.shape), clean
