"""parts overlap

It looks like each part is drawn on its own, so that a row can be in two of them. A test row
that was also trained on tests nothing: shuffle once, then cut.

Breaks: Every sample is in exactly one
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    m = len(y)
    parts = []
    for fraction in fractions:
        rows = rng.permutation(m)[: round(fraction * m)]
        parts.append((X[rows], y[rows]))
    return tuple(parts)
