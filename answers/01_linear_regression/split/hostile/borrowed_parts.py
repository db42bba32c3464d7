"""Values: parts that are views of one another

Every part is the whole, with strides of zero and negative strides.
"""
from numpy.lib.stride_tricks import as_strided


def split(X, y, fractions, rng):
    X, y = np.asarray(X, float), np.asarray(y, float)
    part = (as_strided(X, shape=X.shape, strides=(0, 0)), y[::-1])
    return part, part, part
