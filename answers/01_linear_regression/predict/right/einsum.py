"""Einstein's summation convention."""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return np.einsum("ij,j->i", X, theta)
