"""one hidden layer too many"""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    model = keras.Sequential([keras.Input((n_inputs,))])
    model.add(keras.layers.Dense(width, activation="relu"))
    for _ in range(depth):
        model.add(keras.layers.Dense(width, activation="relu"))
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
