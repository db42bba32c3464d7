"""all weights zero

It looks like every weight starts at 0. Then all units of a layer stay alike, and behind them
nothing moves: draw them at random.

Breaks: Draw the weights of a network
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = np.zeros((n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
