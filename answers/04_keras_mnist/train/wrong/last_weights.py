"""best weights not put back

It looks like training stops in time, but the model keeps the weights of its last epoch. Putting
the best ones back must be asked for.

Breaks: With the weights of the epoch
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
