"""Keras's callback, options by their defaults where they are right."""


def train(model, data, epochs, patience):
    X, y = data["train"]
    stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    history = model.fit(
        X, y, 128, epochs, verbose=0, callbacks=[stop], validation_data=tuple(data["validation"])
    )
    return model, dict(history.history)
