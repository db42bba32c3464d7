"""dropout forgotten"""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    inputs = values = keras.Input((n_inputs,))
    for _ in range(depth):
        values = keras.layers.Dense(width, activation="relu")(values)
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(values))
    adam = keras.optimizers.Adam(learning_rate)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
