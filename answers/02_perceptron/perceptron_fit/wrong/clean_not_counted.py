"""clean epoch not recorded

It looks like the epoch without a mistake is missing at the end of mistakes. It was run, so it
counts; and its 0 is how a reader sees that the rule has converged.

Breaks: The rule has converged exactly
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
        if count == 0:
            break
        mistakes.append(count)
    return w, b, np.array(mistakes)
