"""validation taken from the training set

It looks like a part is cut off the training set for validation. There is a validation set
already, and every training image is there to learn from.
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_split=0.25,
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
