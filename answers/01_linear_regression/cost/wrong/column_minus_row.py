"""a column minus a row

It looks like a column is subtracted from a row, which NumPy turns into a table of every
prediction minus every target. Both need the shape (m,).
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta)[:, None] - y
    return np.mean(residual**2) / 2
