"""updates on right answers alone

It looks like the neuron learns where it was right. Learn where prediction and label differ.
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)):
            if perceptron_predict(X[i : i + 1], w, b)[0] == y[i]:
                w, b, count = w + y[i] * X[i], b + y[i], count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
