"""y z compared with 0 alone

It looks like a sample counts as wrong where y z < 0. At the start every z is 0 and nothing is
learned: there the neuron answers +1, so a sample labelled −1 is wrong.
"""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)):
            if y[i] * (X[i] @ w + b) < 0:
                w, b, count = w + y[i] * X[i], b + y[i], count + 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)
