"""bases not made orthonormal

It looks like A and B are used as they come. Their columns have any length and angle: make both
bases orthonormal first, by np.linalg.qr.

Breaks: Independent columns, of any
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    cosines = np.linalg.svd(A.T @ B, compute_uv=False)
    return np.arccos(np.clip(cosines.min(), -1, 1))
