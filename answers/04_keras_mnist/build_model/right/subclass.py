"""A class of its own, whose layers share one Dropout."""


class Network(keras.Model):
    def __init__(self, sizes, dropout):
        super().__init__()
        self.hidden = [keras.layers.Dense(size, activation="relu") for size in sizes[1:-1]]
        self.drop = keras.layers.Dropout(dropout)
        self.last = keras.layers.Dense(sizes[-1], activation="softmax")

    def call(self, x, training=False):
        for layer in self.hidden:
            x = self.drop(layer(x), training=training)
        return self.last(x)


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    sizes = as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    model = Network(sizes, dropout)
    model(np.zeros((1, n_inputs)))
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
