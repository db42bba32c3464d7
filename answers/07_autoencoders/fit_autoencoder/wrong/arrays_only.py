"""X as a list refused

It looks like X is used as an array before it is one. The stub's first line makes an array of
lists: put it back above your own lines.

Breaks: X : array_like
"""


def fit_autoencoder(X, k, epochs, targets=None):
    targets = X if targets is None else targets
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
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
