"""goes on after a clean epoch

It looks like all max_epochs are run, whatever happens. After an epoch without a mistake nothing
can change any more: stop there.

Breaks: The first epoch without a
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)):
            if perceptron_predict(X[i : i + 1], w, b)[0] != y[i]:
                w = w + y[i] * X[i]
                b = b + y[i]
                count += 1
        mistakes.append(count)
    return w, b, np.array(mistakes)
