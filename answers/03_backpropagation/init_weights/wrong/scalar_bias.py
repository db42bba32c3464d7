"""one bias for a whole layer

It looks like b is a single number. Each unit of the layer has a bias of its own: zeros of shape
(n_out,), not one zero.
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, 0.0))
    return weights
