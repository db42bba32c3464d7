"""validation images trained on

It looks like the network also learns from the validation images. Then they cannot tell when it
begins to learn by heart: train on the training set only.

Breaks: Pairs (X, y) under "train", which
"""


def train(model, data, epochs, patience):
    X = np.concatenate([data["train"][0], data["validation"][0]])
    y = np.concatenate([data["train"][1], data["validation"][1]])
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        X, y,
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
