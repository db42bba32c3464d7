"""short gradients stretched

It looks like every gradient gets the length max_norm, short ones too. One that is short enough
stays as it is.

Breaks: Shorten a gradient to the
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = np.sqrt(sum(np.sum(part**2) for part in gradients))
    factor = max_norm / norm if norm > 0 else 1.0
    return [factor * part for part in gradients]
