"""a sigmoid on the code

It looks like the code passes through a sigmoid, which keeps each coordinate between 0 and 1. A
coordinate may be any number: no activation there.

Breaks: From (m, n) to codes (m, k)
"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    keras.utils.set_random_seed(7)
    n = X.shape[1]
    hidden = {"units": 64, "activation": "relu"}
    encoder = keras.Sequential(
        [
            keras.Input((n,)),
            keras.layers.Dense(**hidden),
            keras.layers.Dense(k, activation="sigmoid"),
        ]
    )
    decoder = keras.Sequential(
        [
            keras.Input((k,)),
            keras.layers.Dense(**hidden),
            keras.layers.Dense(n, activation="sigmoid"),
        ]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
