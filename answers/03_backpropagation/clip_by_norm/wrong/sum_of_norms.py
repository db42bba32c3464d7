"""norms added

It looks like the lengths of the parts are added. Squares add, lengths do not: square them
first and take one root.

Breaks: The largest length of all
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = sum(np.linalg.norm(part) for part in gradients)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
