"""Starts softmax off with the student's own cross-entropy."""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    before, values = [], [X]
    for (W, b), name in zip(weights, activations):
        before.append(values[-1] @ W + b)
        values.append(activate[name](before[-1]))
    if activations[-1] == "softmax":
        delta = softmax_cross_entropy(before[-1], Y)[1]
    else:
        delta = (values[-1] - Y) / len(Y) * slope[activations[-1]](values[-1])
    gradients = [(values[-2].T @ delta, delta.sum(axis=0))]
    for i in range(len(weights) - 2, -1, -1):
        delta = (delta @ weights[i + 1][0].T) * slope[activations[i]](values[i + 1])
        gradients = [(values[i].T @ delta, delta.sum(axis=0)), *gradients]
    return gradients
