"""one image at a time"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    noisy, clean = [], []
    for _ in range(copies):
        for x in X:
            noisy.append(x + rng.normal(0, noise, size=len(x)))
            clean.append(x)
    return np.array(noisy), np.array(clean)
