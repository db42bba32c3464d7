"""clean and noisy swapped

It looks like the clean images come first. Return noisy, clean: what goes in, then what is to come
out.

Breaks: Return noisy images
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean, clean + rng.normal(0, noise, size=clean.shape)
