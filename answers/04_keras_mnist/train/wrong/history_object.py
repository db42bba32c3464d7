"""History in place of its numbers

It looks like you return Keras's History object. The numbers are in its attribute of the same
name: a dictionary of lists.

Breaks: history : dict
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
    return model, run
