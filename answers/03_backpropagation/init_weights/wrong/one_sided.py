"""mean not 0

It looks like no weight is negative. rng.random draws from 0 to 1: the mean must be 0.
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = np.sqrt(3 * variance) * rng.random((n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
