"""patience ignored

Breaks: patience : int
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", restore_best_weights=True)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
