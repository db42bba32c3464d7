"""Activations in Lambda layers, and the operations of Keras on the values themselves."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    inputs = values = keras.Input((n_inputs,))
    for _ in range(depth):
        values = keras.layers.Dense(width)(values)
        values = keras.layers.Lambda(lambda z: keras.ops.relu(z))(values)
        values = keras.layers.Dropout(dropout)(values)
    outputs = keras.ops.softmax(keras.layers.Dense(10)(values))
    model = keras.Model(inputs=inputs, outputs=outputs)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
