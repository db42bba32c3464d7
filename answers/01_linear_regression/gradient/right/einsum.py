"""Einstein's summation, with the student's own predict."""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.einsum("i,ij->j", predict(X, theta) - y, X) / X.shape[0]
