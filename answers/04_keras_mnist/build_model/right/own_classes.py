"""Loss, optimiser and network as classes derived from Keras's."""


class CrossEntropy(keras.losses.Loss):
    def call(self, y, P):
        return keras.losses.sparse_categorical_crossentropy(y, P)


class MyAdam(keras.optimizers.Adam):
    pass


class Dense(keras.Sequential):
    pass


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    network = Dense([keras.Input((n_inputs,))])
    for _ in range(depth):
        network.add(keras.layers.Dense(width, activation="relu"))
        network.add(keras.layers.Dropout(dropout))
    network.add(keras.layers.Dense(10, activation="softmax"))
    network.compile(MyAdam(learning_rate), CrossEntropy(), metrics=["sparse_categorical_accuracy"])
    return network
