"""the default batches

It looks like an epoch has another number of steps than with batches of 128. Keras takes batches
of 32 unless you pass batch_size.

Breaks: The largest number of epochs
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        *data["train"],
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
