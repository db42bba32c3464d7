"""the functional interface"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    n = X.shape[1]
    layers = keras.layers
    x = keras.Input((n,))
    y = layers.Dense(k)(layers.Dense(64, activation="tanh")(x))
    z = keras.Input((k,))
    x_hat = layers.Dense(n, activation="sigmoid")(layers.Dense(64, activation="tanh")(z))
    encoder, decoder = keras.Model(x, y), keras.Model(z, x_hat)
    both = keras.Model(x, decoder(encoder(x)))
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
