"""images left as tables

It looks like each image is still a table of rows and columns. A dense layer takes one row of
numbers for each sample: X has shape (k, rows·columns).

Breaks: Under "train" and "validation"
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images / 255).astype("float32")
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    train, validation = order[~chosen[order]], order[chosen[order]]
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
