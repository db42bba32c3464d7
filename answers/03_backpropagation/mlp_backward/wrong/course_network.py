"""calls the course's own network

It looks like you call the course's own network. It draws the explorables, and it answers no
exercise: the point of this one is that you write the backward pass yourself.
"""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    from course.models import network

    values = network.forward(X, weights, activations)
    return network.backward(values, Y, weights, activations)
