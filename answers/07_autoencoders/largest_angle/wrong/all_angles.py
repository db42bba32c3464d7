"""all angles

It looks like all principal angles are returned. Asked for is one number, the largest of them.

Breaks: float
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    cosines = np.linalg.svd(np.linalg.qr(A)[0].T @ np.linalg.qr(B)[0], compute_uv=False)
    return np.arccos(np.clip(cosines, -1, 1))
