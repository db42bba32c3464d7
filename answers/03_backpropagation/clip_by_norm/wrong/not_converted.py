"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: gradients : list of array_like
"""


def clip_by_norm(gradients, max_norm):
    require_positive(max_norm=max_norm)
    entries = np.concatenate([part.ravel() for part in gradients])  # all of them in one row
    norm = np.linalg.norm(entries)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
