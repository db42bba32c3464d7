"""the stub's first lines are gone

It looks like the stub's first lines are gone. They refuse a dropout of 1 and a layer without
units: put them back above your own lines.

Breaks: If width, dropout or n_inputs
"""


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    layers = [keras.Input((n_inputs,))]
    for _ in range(depth):
        layers.append(keras.layers.Dense(width, activation="relu"))
        layers.append(keras.layers.Dropout(dropout))
    layers.append(keras.layers.Dense(10, activation="softmax"))
    model = keras.Sequential(layers)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
