"""X shuffled without y

It looks like the samples are shuffled and their labels are not, so that each learns with
another's label. Draw one order, and take X and y both in that order.
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        order = rng.permutation(len(y))
        for x, label in zip(X[order], y):
            if (x @ w + b >= 0) != (label > 0):
                w, b, count = w + label * x, b + label, count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
