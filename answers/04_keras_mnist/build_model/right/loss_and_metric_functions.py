"""Loss and metric as Keras's functions."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    layers = [keras.Input((n_inputs,))]
    for _ in range(depth):
        layers.append(keras.layers.Dense(width, activation=keras.activations.relu))
        layers.append(keras.layers.Dropout(dropout))
    layers.append(keras.layers.Dense(10, activation=keras.activations.softmax))
    model = keras.Sequential(layers)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.sparse_categorical_crossentropy,
        metrics=[keras.metrics.sparse_categorical_accuracy],
    )
    return model
