"""best weights not always put back

It looks like the best weights come back only if training stops early. If all epochs are run, the
best one may not be the last one either.
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
                model.set_weights(weights)
                break
    return model, history
