"""never stops early

It looks like training goes on to the last epoch and keeps what it has then. Watch the loss on
the validation set, and stop when it no longer falls.

Breaks: Train a compiled model and stop
"""


def train(model, data, epochs, patience):
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        verbose=0,
    )
    return model, run.history
