"""by the sine: what of B sticks out of A"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    Q_A, Q_B = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    out = Q_B - Q_A @ (Q_A.T @ Q_B)
    return float(np.arcsin(min(1.0, np.linalg.norm(out, 2))))
