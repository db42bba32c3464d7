"""A class of its own, whose last layer is the first to be made."""


class Network(keras.Model):
    def __init__(self, depth, width, dropout, n_inputs):
        super().__init__()
        self.last = keras.layers.Dense(10, activation="softmax")
        self.last.build((None, width if depth else n_inputs))
        self.hidden = [keras.layers.Dense(width) for _ in range(depth)]
        self.drops = [keras.layers.Dropout(dropout) for _ in range(depth)]
        self(np.zeros((1, n_inputs)))

    def call(self, x, training=None):
        for layer, drop in zip(self.hidden, self.drops):
            x = drop(keras.activations.relu(layer(x)), training=training)
        return self.last(x)


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    model = Network(depth, width, dropout, n_inputs)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
