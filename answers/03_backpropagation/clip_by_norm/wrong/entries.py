"""entries clipped

It looks like every entry is cut off at ±max_norm. That turns the direction: shorten the whole
gradient by one factor.
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = np.sqrt(sum(np.sum(part**2) for part in gradients))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [np.clip(part, -max_norm, max_norm) for part in gradients]
