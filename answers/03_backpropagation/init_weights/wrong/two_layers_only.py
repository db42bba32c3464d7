"""two layers of weights only

It looks like only the first sizes are looked at, whatever there are. Go through all neighbours
in the list.

Breaks: sizes : sequence of int
"""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in [(sizes[0], sizes[1])]:
        variance = {"xavier": 2 / (n_in + n_out), "he": 2 / n_in}[scheme]
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
