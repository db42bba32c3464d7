"""bad epochs counted in total

It looks like all bad epochs are counted, not those in a row. After an epoch that is the best so
far, the count begins again at 0.
"""


def train(model, data, epochs, patience):
    history, best, weights, waited = {}, float("inf"), model.get_weights(), 0
    for _ in range(epochs):
        run = model.fit(*data["train"], batch_size=128, validation_data=data["validation"], verbose=0)
        for name, values in run.history.items():
            history.setdefault(name, []).extend(values)
        loss = history["val_loss"][-1]
        if loss < best:
            best, weights, waited = loss, model.get_weights(), waited
        else:
            waited += 1
            if waited >= patience:
                break
    model.set_weights(weights)
    return model, history
