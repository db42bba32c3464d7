"""Central differences of the student's own cost, exact for a quadratic."""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    step = 1e-4
    return np.array(
        [
            (cost(X, y, theta + step * e) - cost(X, y, theta - step * e)) / (2 * step)
            for e in np.eye(len(theta))
        ]
    )
