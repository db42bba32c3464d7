"""one layer object many times

It looks like [layer] * depth repeats one and the same layer, with one set of weights. Make a new
Dense and a new Dropout in each turn of a loop.
"""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    hidden = [keras.layers.Dense(width, activation="relu"), keras.layers.Dropout(dropout)] * depth
    model = keras.Sequential(
        [keras.Input((n_inputs,)), *hidden, keras.layers.Dense(10, activation="softmax")]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
