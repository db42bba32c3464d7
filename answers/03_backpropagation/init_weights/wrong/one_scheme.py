"""He for both schemes

It looks like "xavier" gives the same variance as "he". Its denominator is n_in + n_out.

Breaks: scheme : str
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
