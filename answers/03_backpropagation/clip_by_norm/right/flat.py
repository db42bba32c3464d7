"""All entries in one row."""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    norm = np.linalg.norm(np.concatenate([part.ravel() for part in gradients]))
    if norm <= max_norm:
        return gradients
    return [part / norm * max_norm for part in gradients]
