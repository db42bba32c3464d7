"""predictions not renewed within an epoch

It looks like all predictions of an epoch are made before its first update. The rule changes w
and b at once, and the next sample meets the new ones.
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        wrong = [i for i in rng.permutation(len(y)) if (X[i] @ w + b >= 0) != (y[i] > 0)]
        for i in wrong:
            w, b = w + y[i] * X[i], b + y[i]
        mistakes.append(len(wrong))
        if not wrong:
            break
    return w, b, np.array(mistakes)
