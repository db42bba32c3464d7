"""Activation, loss and metric as functions of one's own."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    def rectify(z):
        return keras.ops.maximum(z, 0)

    def cross_entropy(y, P):
        rows = keras.ops.one_hot(keras.ops.cast(keras.ops.reshape(y, (-1,)), "int32"), 10)
        return -keras.ops.mean(keras.ops.log(keras.ops.sum(rows * P, axis=-1)))

    def accuracy(y, P):
        named = keras.ops.cast(keras.ops.argmax(P, axis=-1), "int32")
        return keras.ops.cast(named == keras.ops.cast(keras.ops.reshape(y, (-1,)), "int32"), "float32")

    layers = [keras.Input((n_inputs,))]
    for _ in range(depth):
        layers.append(keras.layers.Dense(width, activation=rectify))
        layers.append(keras.layers.Dropout(dropout))
    layers.append(keras.layers.Dense(10, activation="softmax"))
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(learning_rate), cross_entropy, metrics=[accuracy])
    return model
