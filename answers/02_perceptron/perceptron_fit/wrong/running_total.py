"""counts run on from epoch to epoch

It looks like the count of mistakes is not set back at the start of an epoch, so that no epoch
ever looks clean. Look at where you set it to 0.

Breaks: Mistakes in each epoch.
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes, count = np.zeros(X.shape[1]), 0.0, [], 0
    for _ in range(max_epochs):
        for i in rng.permutation(len(y)):
            if perceptron_predict(X[i : i + 1], w, b)[0] != y[i]:
                w, b = w + y[i] * X[i], b + y[i]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
