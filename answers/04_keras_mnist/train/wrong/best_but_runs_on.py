"""runs all epochs

It looks like the best weights come back, but training always runs all its epochs. With patience
it ends before, and saves the time.
"""


def train(model, data, epochs, patience):
    history, best, weights = {}, float("inf"), model.get_weights()
    for _ in range(epochs):
        run = model.fit(*data["train"], batch_size=128, validation_data=data["validation"], verbose=0)
        for name, values in run.history.items():
            history.setdefault(name, []).extend(values)
        if history["val_loss"][-1] < best:
            best, weights = history["val_loss"][-1], model.get_weights()
    model.set_weights(weights)
    return model, history
