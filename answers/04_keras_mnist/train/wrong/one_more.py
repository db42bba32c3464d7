"""one epoch too patient

It looks like training waits for one epoch more than patience says. Stop as soon as so many
epochs in a row were no better than the best.

Breaks: Stop after so many epochs
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience + 1, restore_best_weights=True)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
