"""columns of length 1, not at right angles

It looks like the columns are only scaled to length 1. They must be at right angles as well:
np.linalg.qr does both.
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    A, B = A / np.linalg.norm(A, axis=0), B / np.linalg.norm(B, axis=0)
    cosines = np.linalg.svd(A.T @ B, compute_uv=False)
    return np.arccos(np.clip(cosines.min(), -1, 1))
