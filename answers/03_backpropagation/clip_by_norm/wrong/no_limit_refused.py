"""a limit of 0 is taken

It looks like any max_norm is taken. The stub's line refuses one that is not above 0: leave it
in place.

Breaks: max_norm : float, above 0
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    entries = np.concatenate([part.ravel() for part in gradients])  # all of them in one row
    norm = np.linalg.norm(entries)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
