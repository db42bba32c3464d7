"""one number for a whole image

It looks like all pixels of an image get the same number. Every pixel has noise of its own: draw an
array of the shape of the images.
"""


def denoising_pairs(X, noise, copies, rng):
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    clean = np.repeat(X, copies, axis=0)
    return clean + rng.normal(0, noise, size=(len(clean), 1)), clean
