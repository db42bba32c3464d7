"""a fixed seed inside

It looks like the order is the same whatever rng is handed in: perhaps a generator with a seed
of its own is made inside. Draw every order from rng.
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    rng = np.random.default_rng(0)
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)):
            if (X[i] @ w + b >= 0) != (y[i] > 0):
                w, b, count = w + y[i] * X[i], b + y[i], count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
