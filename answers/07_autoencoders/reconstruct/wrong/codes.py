"""only the code

It looks like you return the codes, (m, k). Multiply by the transpose of C and add the mean to come
back to (m, n).

Breaks: array, (m, n)
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return (X - mean) @ C
