"""in degrees

It looks like the angle is in degrees. Return radians, as NumPy does.

Breaks: In radians, from 0
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    Q_A, Q_B = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    cosines = np.clip(np.linalg.svd(Q_A.T @ Q_B, compute_uv=False), -1, 1)
    return np.degrees(np.arccos(cosines.min()))
