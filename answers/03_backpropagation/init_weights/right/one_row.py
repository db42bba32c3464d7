"""One long row of random numbers, cut and scaled."""


def init_weights(sizes, scheme, rng):
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    layers = []
    for k in range(len(sizes) - 1):
        shape = (sizes[k], sizes[k + 1])
        fan = shape[0] if scheme == "he" else sum(shape)
        numbers = rng.standard_normal(shape[0] * shape[1])
        layers.append(((numbers * (2 / fan) ** 0.5).reshape(shape), np.array([0.0] * shape[1])))
    return tuple(layers)
