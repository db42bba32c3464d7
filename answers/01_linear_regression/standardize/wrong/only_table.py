"""mean and std not returned

It looks like only Z comes back. Whoever uses the fit on new data needs the training mean and
std too: return all three.
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1
    return (X - mean) / std
