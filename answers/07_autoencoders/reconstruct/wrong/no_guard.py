"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X : array_like
Breaks: mean, C : array_like
"""


def reconstruct(X, mean, C):
    return (X - mean) @ C @ C.T + mean
