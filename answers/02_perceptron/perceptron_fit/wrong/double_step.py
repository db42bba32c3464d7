"""step twice as long

It looks like each update is 2yx: the label minus the prediction is ±2 on a mistake, not ±1.
Divide it by what it has too much.

Breaks: A sample answered wrongly changes
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)):
            error = y[i] - perceptron_predict(X[i : i + 1], w, b)[0]
            w, b = w + error * X[i], b + error
            count += error != 0
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
