"""Plain Python lists, no array products."""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    m = len(X)
    total = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in weights]
    for sample in range(m):
        layer_values = [list(X[sample])]
        for (W, b), name in zip(weights, activations):
            before = layer_values[-1]
            z = [b[k] + sum(before[j] * W[j, k] for j in range(len(before))) for k in range(len(b))]
            layer_values.append(list(activate[name](np.array([z]))[0]))
        up = [(a - y) / m for a, y in zip(layer_values[-1], Y[sample])]
        for number in range(len(weights) - 1, -1, -1):
            W, _ = weights[number]
            f_prime = slope[activations[number]](np.array(layer_values[number + 1]))
            delta = [u * s for u, s in zip(up, f_prime)]
            for k, d in enumerate(delta):
                total[number][1][k] += d
                for j, v in enumerate(layer_values[number]):
                    total[number][0][j, k] += v * d
            up = [sum(W[j, k] * delta[k] for k in range(len(delta))) for j in range(W.shape[0])]
    return total
