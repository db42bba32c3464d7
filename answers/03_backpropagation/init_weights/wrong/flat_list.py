"""one list of all arrays

It looks like W and b of all layers stand in one list. Put each layer's two into a pair.

Breaks: list of pairs (W, b)
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in pairwise(sizes):
        variance = {"xavier": 2 / (n_in + n_out), "he": 2 / n_in}[scheme]
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights += [W, np.zeros(n_out)]
    return weights
