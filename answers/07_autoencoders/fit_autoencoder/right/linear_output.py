"""a straight output, layers added one by one"""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    encoder = keras.Sequential()
    encoder.add(keras.Input((X.shape[1],)))
    encoder.add(keras.layers.Dense(64, "relu"))
    encoder.add(keras.layers.Dense(k))
    decoder = keras.Sequential()
    decoder.add(keras.Input((k,)))
    decoder.add(keras.layers.Dense(64, "relu"))
    decoder.add(keras.layers.Dense(X.shape[1]))
    both = keras.Sequential([encoder, decoder])
    both.compile("adam", "mean_squared_error")
    both.optimizer.learning_rate = 0.003
    both.fit(X, targets, epochs=epochs, verbose=0)
    return encoder, decoder
