"""targets ignored

It looks like the network is always trained to give back what went in. Where targets are given,
these are what is to come out: fit(X, targets, …).

Breaks: What is to come out
"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    keras.utils.set_random_seed(7)
    n = X.shape[1]
    encoder = keras.Sequential(
        [keras.Input((n,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(k)]
    )
    decoder = keras.Sequential(
        [keras.Input((k,)),
         keras.layers.Dense(64, activation="relu"),
         keras.layers.Dense(n, activation="sigmoid")]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, X, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
