"""short gradients stretched"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    require_positive(max_norm=max_norm)
    entries = np.concatenate([part.ravel() for part in gradients])  # all of them in one row
    norm = np.linalg.norm(entries)
    factor = max_norm / norm
    return [factor * part for part in gradients]
