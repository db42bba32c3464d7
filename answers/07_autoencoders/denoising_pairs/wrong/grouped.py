"""image after image as a stack

It looks like the copies are a stack of tables. Both results have one row for each copy of an
image: shape (copies · m, n).

Breaks: noisy, clean : arrays
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.stack([X] * copies)
    return clean + rng.normal(0, noise, size=clean.shape), clean
