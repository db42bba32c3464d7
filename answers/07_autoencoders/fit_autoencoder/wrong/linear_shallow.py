"""no hidden layer

It looks like there is no hidden layer between pixels and code: one matrix each way is PCA again.
Put one of 64 units with ReLU on either side.
"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    keras.utils.set_random_seed(7)
    n = X.shape[1]
    encoder = keras.Sequential(
        [keras.Input((n,)), keras.layers.Dense(k)]
    )
    decoder = keras.Sequential(
        [keras.Input((k,)), keras.layers.Dense(n)]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
