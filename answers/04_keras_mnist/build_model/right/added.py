"""Layer after layer, activations as layers of their own."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    from keras import layers

    model = keras.Sequential()
    model.add(keras.Input(shape=(n_inputs,)))
    for _ in range(depth):
        model.add(layers.Dense(width))
        model.add(layers.ReLU())
        if dropout > 0:
            model.add(layers.Dropout(dropout))
    model.add(layers.Dense(10))
    model.add(layers.Softmax())
    adam = keras.optimizers.Adam(learning_rate)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
