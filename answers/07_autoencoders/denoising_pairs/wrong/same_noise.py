"""the same noise in every copy

It looks like the copies of an image all carry the same noise, which can then be learned by heart.
Repeat the clean images first, then add the noise.

Breaks: How often each image is
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    noisy = X + rng.normal(0, noise, size=X.shape)
    return np.repeat(noisy, copies, axis=0), np.repeat(X, copies, axis=0)
