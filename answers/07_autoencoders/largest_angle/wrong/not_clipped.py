"""arccos of more than 1

It looks like rounding gives a cosine just above 1, and arccos makes NaN of it. Clip the cosines to
at most 1 first.

Breaks: never NaN
"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    Q_A, Q_B = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    with np.errstate(invalid="ignore"):
        angles = np.arccos(np.linalg.svd(Q_A.T @ Q_B, compute_uv=False))
    return angles[-1] if not np.isnan(angles).any() else np.nan
