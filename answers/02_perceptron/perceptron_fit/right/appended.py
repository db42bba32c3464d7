"""The bias as one more weight; half the difference of labels as the error."""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    table = np.column_stack([X, np.ones(len(X))])
    weights = np.zeros(table.shape[1])
    history = np.zeros(max_epochs, dtype=int)
    for epoch in range(max_epochs):
        for i in rng.choice(len(y), size=len(y), replace=False):
            error = (y[i] - (1 if table[i] @ weights >= 0 else -1)) / 2
            weights += error * table[i]
            history[epoch] += int(error != 0)
        if history[epoch] == 0:
            return weights[:-1], weights[-1], history[: epoch + 1]
    return weights[:-1], weights[-1], history
