"""history of the last epoch

It looks like the history holds one number for each quantity, not one for each epoch. A list
grows with the epochs.

Breaks: One list for each quantity
"""


def train(model, data, epochs, patience):
    history, best, weights, waited = {}, float("inf"), model.get_weights(), 0
    for _ in range(epochs):
        run = model.fit(*data["train"], batch_size=128, validation_data=data["validation"], verbose=0)
        for name, values in run.history.items():
            history.setdefault(name, []).extend(values)
        loss = history["val_loss"][-1]
        if loss < best:
            best, weights, waited = loss, model.get_weights(), 0
        else:
            waited += 1
            if waited >= patience:
                break
    model.set_weights(weights)
    return model, {name: values[-1:] for name, values in history.items()}
