"""the stub's first line is gone

Breaks: y : (m,) array_like
"""


def perceptron_fit(X, y, max_epochs, rng):
    X = np.array(X, dtype=float)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(y.size):
            if perceptron_predict(X[i : i + 1], w, b)[0] != y[i]:
                w, b, count = w + y[i] * X[i], b + y[i], count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
