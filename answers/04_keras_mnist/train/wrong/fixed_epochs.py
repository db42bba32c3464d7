"""epochs ignored

It looks like the number of epochs is not the one you are given: when nothing stops it before,
training ends after `epochs`.

Breaks: epochs : int
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=100,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
