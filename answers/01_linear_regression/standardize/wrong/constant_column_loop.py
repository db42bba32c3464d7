"""constant column gives NaN"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean = np.array([np.mean(column) for column in X.T])
    std = np.array([np.sqrt(np.mean((column - np.mean(column)) ** 2)) for column in X.T])
    return (X - mean) / std, mean, std
