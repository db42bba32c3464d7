"""noisy targets

It looks like the targets hold the noise as well, so the network learns to copy it. The second array
is the clean images.
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    noisy = np.repeat(X, copies, axis=0)
    noisy = noisy + rng.normal(0, noise, size=noisy.shape)
    return noisy, noisy.copy()
