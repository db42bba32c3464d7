"""One sample after the other, gradients as outer products."""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    gradients = [(np.zeros_like(W), np.zeros_like(b)) for W, b in weights]
    for x, y in zip(X, Y):
        values = [x]
        for (W, b), name in zip(weights, activations):
            values.append(activate[name]((values[-1] @ W + b)[None])[0])
        upstream = (values[-1] - y) / len(X)
        for i in range(len(weights) - 1, -1, -1):
            delta = upstream * slope[activations[i]](values[i + 1])
            gradients[i] = (gradients[i][0] + np.outer(values[i], delta), gradients[i][1] + delta)
            upstream = weights[i][0] @ delta
    return gradients
