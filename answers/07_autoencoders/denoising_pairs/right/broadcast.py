"""a third dimension for the copies, then shuffled"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    m, n = X.shape
    noisy = (X[:, None, :] + rng.normal(scale=noise, size=(m, copies, n))).reshape(-1, n)
    order = rng.permutation(len(noisy))
    return noisy[order], np.repeat(X, copies, axis=0)[order]
