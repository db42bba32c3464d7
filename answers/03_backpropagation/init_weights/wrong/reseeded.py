"""a fixed seed inside

It looks like the seed is fixed inside: every generator gives the same weights, and every layer
too. Draw from the `rng` you are given.

Breaks: The only source of randomness
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = np.random.default_rng(0).normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
