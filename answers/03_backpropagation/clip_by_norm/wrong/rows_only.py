"""only rows are taken

It looks like every part is taken for one row of numbers. Parts may be tables, single numbers or
deeper: flatten each before you add up.

Breaks: The parts of one gradient, of
"""


def clip_by_norm(gradients, max_norm):
    gradients = [as_array(part, "a gradient") for part in gradients]
    require_positive(max_norm=max_norm)
    norm = math.sqrt(sum(float(entry) ** 2 for part in gradients for entry in part))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
