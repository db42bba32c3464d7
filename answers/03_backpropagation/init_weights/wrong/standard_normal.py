"""variance 1

It looks like the weights have variance 1 whatever the widths. In a wide layer the sum over
n_in inputs then grows like its root: scale by the root of the table's variance.
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = rng.normal(scale=1.0, size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
