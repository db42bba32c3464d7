"""SciPy"""


def largest_angle(A, B):
    A, B = as_bases(A, B)
    from scipy.linalg import subspace_angles

    return subspace_angles(A, B)[0]
