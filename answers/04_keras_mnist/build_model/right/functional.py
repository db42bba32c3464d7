"""Keras's functional style."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    inputs = keras.Input(shape=(n_inputs,))
    values = inputs
    for _ in range(depth):
        values = keras.layers.Dense(width, activation="relu")(values)
        values = keras.layers.Dropout(dropout)(values)
    outputs = keras.layers.Dense(10, activation="softmax")(values)
    model = keras.Model(inputs, outputs)
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(),
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return model
