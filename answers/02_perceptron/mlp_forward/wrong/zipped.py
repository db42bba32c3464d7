"""what does not fit is left out

It looks like layers and activations are walked through side by side, and what is longer is cut
off without a word. Leave the stub's first line in place: it refuses networks that do not fit.

Breaks: ValueError, if shapes disagree
"""


def mlp_forward(X, weights, activations):
    X, weights = np.array(X, dtype=float), [(np.array(W), np.array(b)) for W, b in weights]
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, values[-1] @ W + b))
    return values
