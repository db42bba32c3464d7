"""Keras builds it and counts."""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    import keras

    layers = [keras.layers.Dense(size) for size in sizes[1:]]
    return keras.Sequential([keras.Input((sizes[0],)), *layers]).count_params()
