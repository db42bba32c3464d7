"""sets taken by their place

It looks like the sets are taken from the dictionary by their place. They have names:
data["train"] and data["validation"].

Breaks: data : dict
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        *list(data.values())[1],
        batch_size=128,
        epochs=epochs,
        validation_data=list(data.values())[0],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
