"""Divides only where there is something to divide by; the constant column keeps std 0."""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=0), X.std(axis=0)
    centred = X - mean
    return np.divide(centred, std, out=np.zeros_like(X), where=std > 0), mean, std
