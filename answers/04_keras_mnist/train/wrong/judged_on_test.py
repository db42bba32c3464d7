"""validated on the test set

It looks like the test set is opened to decide when to stop. What has chosen can no longer
judge: the validation set is there for that.

Breaks: What else it holds is not touched
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["test"](),
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
