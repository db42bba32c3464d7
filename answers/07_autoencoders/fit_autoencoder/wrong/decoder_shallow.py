"""no hidden layer in the decoder

It looks like the decoder goes from the code to the images in one step. Each way has a hidden
layer.
"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    n = X.shape[1]
    hidden, Dense = {"units": 64, "activation": "relu"}, keras.layers.Dense
    encoder = keras.Sequential([keras.Input((n,)), Dense(**hidden), Dense(k)])
    decoder = keras.Sequential(
        [keras.Input((k,)), Dense(n, activation="sigmoid")]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
