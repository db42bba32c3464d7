"""One Dropout and one ReLU for all hidden layers."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    drop, rectify = keras.layers.Dropout(dropout), keras.layers.Activation("relu")
    inputs = keras.Input((n_inputs,))
    values = inputs
    for _ in range(depth):
        values = drop(rectify(keras.layers.Dense(width)(values)))
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(values))
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
