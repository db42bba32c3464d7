"""one order for all epochs

It looks like one order is drawn and every epoch visits the samples in it. Each epoch has its
own: look at whether you draw before the loop over epochs or inside it.

Breaks: Every epoch visits all samples
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    order = rng.permutation(len(y))
    for _ in range(max_epochs):
        count = 0
        for i in order:
            if (X[i] @ w + b >= 0) != (y[i] > 0):
                w, b, count = w + y[i] * X[i], b + y[i], count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
