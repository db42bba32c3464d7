"""batch after batch by hand"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    n = X.shape[1]
    encoder = keras.Sequential(
        [keras.Input((n,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(k)]
    )
    decoder = keras.Sequential(
        [keras.Input((k,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(n)]
    )
    both = keras.Sequential([encoder, decoder, keras.layers.Activation("sigmoid")])
    both.compile(keras.optimizers.Adam(0.003), loss="mse")
    rng = np.random.default_rng(0)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), 32):
            rows = order[first : first + 32]
            both.train_on_batch(X[rows], targets[rows])
    return encoder, keras.Sequential([decoder, keras.layers.Activation("sigmoid")])
