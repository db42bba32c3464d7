"""a layer too many

It looks like there is one layer for each entry of sizes. Between L + 1 layers of units lie L
tables of weights.

Breaks: Units in each layer, the
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip([sizes[0], *sizes[:-1]], sizes):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
