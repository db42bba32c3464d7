"""targets that do not fit are left out

It looks like predictions and targets are walked through side by side, and what is longer is cut
off without a word. Leave the stub's first line in place: it refuses shapes that do not fit.

Breaks: If shapes disagree
"""


def cost(X, y, theta):
    X, theta = np.array(X, dtype=float), np.array(theta, dtype=float)
    return sum((h - t) ** 2 for h, t in zip(X @ theta, y)) / (2 * len(X))
