"""the generator is copied

It looks like you draw from a copy of rng, so the next call draws the same weights again. Draw
from rng itself.
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    import copy

    rng = copy.deepcopy(rng)
    weights = []
    for n_in, n_out in pairwise(sizes):
        variance = {"xavier": 2 / (n_in + n_out), "he": 2 / n_in}[scheme]
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
