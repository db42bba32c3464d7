"""W transposed

It looks like W has n_out rows, as texts with samples in columns store it. Here a layer computes
V @ W, so W is (n_in, n_out).
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = rng.normal(scale=np.sqrt(variance), size=(n_out, n_in))
        weights.append((W, np.zeros(n_out)))
    return weights
