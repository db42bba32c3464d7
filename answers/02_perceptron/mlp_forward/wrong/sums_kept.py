"""z kept in place of values

It looks like the list holds z of each layer, before the activation. What the next layer sees,
and what is asked for, is a = f(z).
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values, sums = [X], [X]
    for (W, b), name in zip(weights, activations):
        sums.append(values[-1] @ W + b)
        values.append(activate(name, sums[-1]))
    return sums
