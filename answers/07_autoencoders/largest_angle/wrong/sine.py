"""the sine for the angle

It looks like you return the sine of the angle, the distance between the two projections. Take the
arcsin of it.
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    Q_A, Q_B = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    cosines = np.clip(np.linalg.svd(Q_A.T @ Q_B, compute_uv=False), -1, 1)
    return np.sqrt(1 - cosines.min() ** 2)
