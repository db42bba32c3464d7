"""No Input but `build`; the learning rate set on a compiled model."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    model = keras.Sequential()
    for _ in range(depth):
        model.add(keras.layers.Dense(width, "relu", kernel_initializer=keras.initializers.HeNormal()))
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, "softmax"))
    model.build((None, n_inputs))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.optimizer.learning_rate = learning_rate
    return model
