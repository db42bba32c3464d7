"""uniform with the wrong width

It looks like a uniform distribution is as wide as the standard deviation. Between −a and a the
variance is a²/3: make a larger by √3.
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = np.sqrt(variance) * rng.uniform(-1, 1, size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
