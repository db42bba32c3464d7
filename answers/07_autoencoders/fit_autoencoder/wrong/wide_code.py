"""the code as wide as the hidden layer

It looks like the encoder ends with its hidden layer, so the code has 64 numbers. Its last layer has
k units.

Breaks: k, epochs : int
"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    keras.utils.set_random_seed(7)
    n = X.shape[1]
    encoder = keras.Sequential(
        [keras.Input((n,)), keras.layers.Dense(64, activation="relu")]
    )
    decoder = keras.Sequential(
        [keras.Input((64,)),
         keras.layers.Dense(64, activation="relu"),
         keras.layers.Dense(n, activation="sigmoid")]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
