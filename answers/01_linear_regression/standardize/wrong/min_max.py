"""squeezed between 0 and 1

It looks like you scale by smallest and largest value. That is another way to tame features;
this one takes mean and standard deviation.
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    low, span = X.min(axis=0), np.ptp(X, axis=0)
    span[span == 0] = 1
    return (X - low) / span, low, span
