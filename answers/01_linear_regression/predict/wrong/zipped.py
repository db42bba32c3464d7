"""what does not fit is left out

It looks like rows and theta are walked through side by side, and what is longer is cut off
without a word. Leave the stub's first line in place: it refuses shapes that do not fit.

Breaks: If theta has no entry
"""


def predict(X, theta):
    return np.array([sum(x * t for x, t in zip(row, theta)) for row in X])
