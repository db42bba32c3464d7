"""NaN is taken

It looks like a part that holds NaN goes through. The stub's first line refuses it: leave it in
place.

Breaks: ValueError if it is not, or if
"""


def clip_by_norm(gradients, max_norm):
    gradients = [np.array(part, dtype=float) for part in gradients]
    require_positive(max_norm=max_norm)
    entries = np.concatenate([part.ravel() for part in gradients])  # all of them in one row
    norm = np.linalg.norm(entries)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
