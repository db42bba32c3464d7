"""variance taken for the standard deviation

It looks like the weights are far too small: they are stretched by the variance. What stretches
a number of spread 1, or stands as `scale`, is the standard deviation, its root.
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = rng.normal(scale=variance, size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
