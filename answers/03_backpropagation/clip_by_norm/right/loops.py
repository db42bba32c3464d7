"""Plain Python; returns a tuple."""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    total = 0.0
    for part in gradients:
        for entry in part.flat:
            total += float(entry) ** 2
    scale = min(1.0, max_norm / math.sqrt(total)) if total > 0 else 1.0
    clipped = []
    for part in gradients:
        clipped.append(np.array([scale * entry for entry in part.flat]).reshape(part.shape))
    return tuple(clipped)
