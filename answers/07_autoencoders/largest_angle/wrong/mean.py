"""the mean of the angles

It looks like the angles are averaged. Two subspaces are the same only if the largest of the angles
is 0.
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    Q_A, Q_B = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    cosines = np.clip(np.linalg.svd(Q_A.T @ Q_B, compute_uv=False), -1, 1)
    return np.mean(np.arccos(cosines))
