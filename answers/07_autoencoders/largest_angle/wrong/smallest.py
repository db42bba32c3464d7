"""the smallest angle

It looks like you return the smallest of the angles. The largest angle has the smallest cosine.

Breaks: Return the largest principal
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    Q_A, Q_B = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    cosines = np.clip(np.linalg.svd(Q_A.T @ Q_B, compute_uv=False), -1, 1)
    return np.arccos(cosines.max())
