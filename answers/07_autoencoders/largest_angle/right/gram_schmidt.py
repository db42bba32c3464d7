"""bases made orthonormal by hand"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    def orthonormal(M):
        columns = []
        for v in M.T:
            for _ in range(2):
                for u in columns:
                    v = v - (u @ v) * u
            columns.append(v / np.sqrt(v @ v))
        return np.array(columns).T

    M = orthonormal(A).T @ orthonormal(B)
    smallest = np.sqrt(max(np.linalg.eigvalsh(M.T @ M)[0], 0))
    return np.arccos(min(smallest, 1.0))
