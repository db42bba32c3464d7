"""own randomness

It looks like the weights do not come from `rng`: equal generators give unequal weights. Draw
every number from it.

Breaks: rng : numpy.random.Generator
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = np.random.default_rng().normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
