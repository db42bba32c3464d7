"""bases from the svd"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    U = [np.linalg.svd(M, full_matrices=False)[0] for M in (A, B)]
    s = np.linalg.svd(U[0].T @ U[1])[1]
    return np.max(np.arccos(np.minimum(s, 1)))
