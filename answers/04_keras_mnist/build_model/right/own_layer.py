"""A layer of one's own, which drops by itself."""


class Hidden(keras.layers.Layer):
    def __init__(self, width, rate):
        super().__init__()
        self.width, self.rate = width, rate
        self.seed = keras.random.SeedGenerator()

    def build(self, shape):
        self.W = self.add_weight(shape=(shape[-1], self.width), initializer="he_normal")
        self.b = self.add_weight(shape=(self.width,), initializer="zeros")

    def call(self, x, training=False):
        values = keras.ops.relu(x @ self.W + self.b)
        return keras.random.dropout(values, self.rate, seed=self.seed) if training else values


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    layers = [keras.Input((n_inputs,)), *(Hidden(width, dropout) for _ in range(depth))]
    model = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
