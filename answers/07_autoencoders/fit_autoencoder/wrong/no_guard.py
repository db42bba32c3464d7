"""the stub's first line is gone

It looks like the stub's first line is gone. It gives X in place of targets that are missing:
put it back above your own lines.

Breaks: X itself if not given
"""


def fit_autoencoder(X, k, epochs, targets=None):
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
