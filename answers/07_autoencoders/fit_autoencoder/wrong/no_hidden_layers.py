"""no hidden layers

It looks like there is no hidden layer on either side, so nothing can bend. Each model has one of
64 units with ReLU, before the code and after it.
"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    n = X.shape[1]
    encoder = keras.Sequential([keras.Input((n,)), keras.layers.Dense(k)])
    decoder = keras.Sequential([keras.Input((k,)), keras.layers.Dense(n, activation="sigmoid")])
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
