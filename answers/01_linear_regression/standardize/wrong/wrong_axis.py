"""standardised along rows

It looks like you standardise each sample over its features. Metres and seconds then share one
mean: go down each column, over the samples.
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=1), X.std(axis=1)
    return (X - mean[:, None]) / np.where(std == 0, 1, std)[:, None], mean, std
