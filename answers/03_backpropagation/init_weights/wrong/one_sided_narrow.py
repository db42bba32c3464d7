"""from 0 to the standard deviation

It looks like no weight is negative, and their spread is too small besides: rng.random() draws
from 0 to 1. Take numbers with mean 0 and variance 1, and stretch those.
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = np.sqrt(variance) * rng.random((n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
