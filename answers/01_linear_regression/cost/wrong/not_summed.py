"""squares not added up

It looks like you return one number for each sample. The cost is a single number for the whole
table: what is still missing is the sum over the samples.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return (X @ theta - y) ** 2 / (2 * len(y))
