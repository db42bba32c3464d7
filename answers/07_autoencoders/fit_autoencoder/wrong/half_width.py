"""hidden layers of another width

It looks like the hidden layers do not have 64 units each. The docstring says how wide they are, on
the way in and on the way out.

Breaks: Train an autoencoder: each way
"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    keras.utils.set_random_seed(7)
    n = X.shape[1]
    encoder = keras.Sequential(
        [keras.Input((n,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(k)]
    )
    decoder = keras.Sequential(
        [keras.Input((k,)),
         keras.layers.Dense(32, activation="relu"),
         keras.layers.Dense(n, activation="sigmoid")]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
