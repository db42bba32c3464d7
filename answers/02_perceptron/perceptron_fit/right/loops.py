"""Lists and numbers only."""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = [0.0] * X.shape[1], 0.0, []
    for epoch in range(max_epochs):
        count = 0
        for i in rng.permutation(len(y)).tolist():
            z = b + sum(weight * x for weight, x in zip(w, X[i]))
            if (z >= 0) != (y[i] == 1):
                w = [weight + y[i] * x for weight, x in zip(w, X[i])]
                b += y[i]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return np.array(w), b, np.array(mistakes)
