"""Uniform between −a and a, with a² = 3 times the variance."""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    from itertools import pairwise

    variances = {"he": lambda i, o: 2 / i, "xavier": lambda i, o: 2 / (i + o)}
    layers = []
    for i, o in pairwise(sizes):
        a = (3 * variances[scheme](i, o)) ** 0.5
        layers.append([rng.uniform(-a, a, (i, o)), np.zeros((o,))])
    return layers
