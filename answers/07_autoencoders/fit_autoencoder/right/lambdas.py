"""Activations as functions of one's own, the loss a lambda, a hidden layer in a network of its own."""


def fit_autoencoder(X, k, epochs, targets=None):
    X, targets = as_training(X, k, epochs, targets)
    n = X.shape[1]
    hidden = keras.Sequential(
        [keras.Input((n,)), keras.layers.Dense(64, activation=lambda z: keras.ops.maximum(z, 0))]
    )
    encoder = keras.Sequential([keras.Input((n,)), hidden, keras.layers.Dense(k)])
    decoder = keras.Sequential(
        [
            keras.Input((k,)),
            keras.layers.Dense(64),
            keras.layers.Lambda(lambda z: keras.ops.relu(z)),
            keras.layers.Dense(n),
            keras.layers.Lambda(lambda z: keras.ops.sigmoid(z)),
        ]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(
        optimizer=keras.optimizers.Adam(0.003),
        loss=lambda wanted, given: keras.ops.mean((wanted - given) ** 2, axis=-1),
    )
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
