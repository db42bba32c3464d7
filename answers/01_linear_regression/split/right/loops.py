"""Deals samples out of a shuffled list."""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    m = len(y)
    rows = list(range(m))
    rng.shuffle(rows)
    sizes = [round(fractions[0] * m), round(fractions[1] * m)]
    sizes.append(m - sum(sizes))
    parts = []
    for size in sizes:
        taken = [rows.pop() for _ in range(size)]
        parts.append((np.array([X[i] for i in taken]), np.array([y[i] for i in taken])))
    return parts
