"""Models as classes, trained as one; TensorFlow's activations."""

import tensorflow as tf


class Half(keras.Model):
    def __init__(self, width, last):
        super().__init__()
        self.outer = keras.layers.Dense(width, activation=last)
        self.hidden = keras.layers.Dense(64, activation=tf.nn.relu)

    def call(self, x):
        return self.outer(self.hidden(x))


class Both(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def call(self, x):
        return self.decoder(self.encoder(x))


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    encoder, decoder = Half(k, None), Half(X.shape[1], tf.nn.sigmoid)
    both = Both(encoder, decoder)
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss=keras.losses.MeanSquaredError())
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
