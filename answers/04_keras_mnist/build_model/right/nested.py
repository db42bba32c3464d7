"""A small network for each hidden layer, and one for them all."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    def block(n_in):
        return keras.Sequential(
            [keras.Input((n_in,)), keras.layers.Dense(width, activation="relu"), keras.layers.Dropout(dropout)]
        )

    model = keras.Sequential([keras.Input((n_inputs,))])
    for number in range(depth):
        model.add(block(width if number else n_inputs))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
