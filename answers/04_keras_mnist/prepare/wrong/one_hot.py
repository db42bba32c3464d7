"""labels one-hot

It looks like each label became a row of zeros and a one. The sparse cross-entropy takes the
number of the class itself: y has shape (k,).

Breaks: labels : array_like
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    train, validation = order[~chosen[order]], order[chosen[order]]
    Y = np.eye(10)[labels]
    return {"train": (X[train], Y[train]), "validation": (X[validation], Y[validation])}
