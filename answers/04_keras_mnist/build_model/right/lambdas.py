"""Activation, loss, metric and initial weights, each a lambda."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    layers = [keras.Input((n_inputs,))]
    start = lambda shape, dtype=None: keras.random.normal(shape, stddev=shape[0] ** -0.5)
    for _ in range(depth):
        layers.append(
            keras.layers.Dense(
                width, activation=lambda z: keras.ops.maximum(z, 0), kernel_initializer=start
            )
        )
        layers.append(keras.layers.Dropout(dropout))
    layers.append(keras.layers.Dense(10, activation="softmax"))
    model = keras.Sequential(layers)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=lambda y, P: keras.losses.sparse_categorical_crossentropy(y, P),
        metrics=[lambda y, P: keras.metrics.sparse_categorical_accuracy(y, P)],
    )
    return model
