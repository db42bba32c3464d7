"""Without a prediction: a sample is wrong if the sign of its z is not its label."""


def perceptron_fit(X, y, max_epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs:
        order, wrong = np.arange(len(y)), 0
        rng.shuffle(order)
        for x, label in zip(X[order], y[order]):
            fires = x @ w + b >= 0
            if fires != (label > 0):
                w, b = w + label * x, b + label
                wrong += 1
        mistakes.append(wrong)
        if not wrong:
            break
    return w, b, mistakes
