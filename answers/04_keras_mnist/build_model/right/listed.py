"""One list, with comprehension."""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    hidden = [
        layer
        for _ in range(depth)
        for layer in (keras.layers.Dense(width, "relu"), keras.layers.Dropout(rate=dropout))
    ]
    model = keras.models.Sequential(
        [keras.layers.InputLayer(shape=(n_inputs,)), *hidden, keras.layers.Dense(10, "softmax")]
    )
    adam = keras.optimizers.Adam()
    adam.learning_rate = learning_rate
    model.compile(optimizer=adam, loss="sparse_categorical_crossentropy", metrics=["acc"])
    return model
