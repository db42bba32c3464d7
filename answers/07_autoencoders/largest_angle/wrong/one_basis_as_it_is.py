"""one basis not made orthonormal

It looks like one of the two bases goes in as it came. Both sets of columns can have any length
and angle.
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    cosines = np.linalg.svd(np.linalg.qr(A)[0].T @ B, compute_uv=False)
    return np.arccos(np.clip(cosines.min(), -1, 1))
