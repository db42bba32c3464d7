"""eigenvalues for singular values

It looks like eigenvalues of the product are taken. It is not symmetric: its singular values are the
cosines.
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    M = np.linalg.qr(A)[0].T @ np.linalg.qr(B)[0]
    return np.arccos(np.clip(np.abs(np.linalg.eigvals(M)).min(), -1, 1))
