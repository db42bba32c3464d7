"""the course's own network"""


import course.models.network


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(course.models.network.activate(name, values[-1] @ W + b))
    return values
