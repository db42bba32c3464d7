"""A callback of one's own."""


class StopAtBest(keras.callbacks.Callback):
    def __init__(self, patience):
        super().__init__()
        self.patience, self.losses, self.kept = patience, [], None

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(logs["val_loss"])
        if logs["val_loss"] == min(self.losses):
            self.kept = self.model.get_weights()
        elif epoch - int(np.argmin(self.losses)) >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        self.model.set_weights(self.kept)


def train(model, data, epochs, patience):
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[StopAtBest(patience)],
        verbose=0,
    )
    return model, run.history
