"""column compared with column

It looks like each column of A is compared with the same column of B. One subspace has many bases:
the singular values of the product of both bases know nothing of the columns.
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    A, B = A / np.linalg.norm(A, axis=0), B / np.linalg.norm(B, axis=0)
    return np.max(np.arccos(np.clip(np.abs(np.sum(A * B, axis=0)), 0, 1)))
