"""targets that do not fit are left out

It looks like predictions and targets are walked through side by side, and what is longer is cut
off without a word. Leave the stub's first line in place: it refuses shapes that do not fit.

Breaks: If shapes disagree
"""


def gradient(X, y, theta):
    total = np.zeros(len(X[0]))
    for row, target in zip(np.array(X, dtype=float), y):
        total += row * (sum(x * t for x, t in zip(row, theta)) - target)
    return total / len(X)
