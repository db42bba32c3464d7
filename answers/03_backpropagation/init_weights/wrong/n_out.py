"""n_out for n_in

It looks like "he" counts the units a layer feeds. What adds up in Z is over the inputs: n_in.

Breaks: W (n_in, n_out) with mean 0
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_out if scheme == "he" else 2 / (n_in + n_out)
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
