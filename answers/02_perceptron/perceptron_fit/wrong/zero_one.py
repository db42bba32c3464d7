"""labels taken for 0 and 1

It looks like y is turned into 0 and 1 first, so that a sample of the negative class pushes
nothing when it is wrong. Keep the labels −1 and +1: their sign says which way to go.

Breaks: Labels −1 and +1
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    target = (y > 0).astype(int)
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)):
            if (X[i] @ w + b >= 0) != target[i]:
                w, b = w + target[i] * X[i], b + target[i]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
