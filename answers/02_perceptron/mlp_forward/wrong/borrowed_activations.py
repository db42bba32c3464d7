"""the course's own network"""


import course.network


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(course.network.activate(name, values[-1] @ W + b))
    return values
