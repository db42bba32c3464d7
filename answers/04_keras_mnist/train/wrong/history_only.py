"""model not returned

It looks like only the history is returned. The docstring asks for two things: the model, and
the dictionary.

Breaks: model : keras.Model
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return run.history
