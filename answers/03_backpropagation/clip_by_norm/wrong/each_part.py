"""each part clipped by itself

It looks like every array is shortened by itself. Their lengths relative to one another change
then, and the direction turns: one norm and one factor for all of them.

Breaks: list of arrays, all parts
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    clipped = []
    for part in gradients:
        norm = np.linalg.norm(part)
        clipped.append(part * max_norm / norm if norm > max_norm else part)
    return clipped
