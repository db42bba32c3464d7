"""the stub's first lines are gone

It looks like the stub's first lines are gone. They turn lists into arrays and refuse what does
not fit: put them back above your own lines.

Breaks: X : array_like
"""


def denoising_pairs(X, noise, copies, rng):
    clean = np.tile(X, (copies, 1))
    return clean + abs(noise) * rng.normal(size=(copies * len(X), X.shape[1])), clean
