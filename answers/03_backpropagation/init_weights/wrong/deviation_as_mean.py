"""the deviation given as the mean

It looks like the weights scatter around the standard deviation by 1. The generator's first
argument is the mean: which one is the scale?
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in pairwise(sizes):
        variance = {"xavier": 2 / (n_in + n_out), "he": 2 / n_in}[scheme]
        W = rng.normal(np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
