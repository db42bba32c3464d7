"""a sum of 0 taken for a mistake

It looks like a sample with z = 0 always counts as a mistake. A sum exactly on the threshold
fires, so with the label +1 it is right: ask whether the prediction differs from the label.
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)):
            if y[i] * (X[i] @ w + b) <= 0:
                w, b, count = w + y[i] * X[i], b + y[i], count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
