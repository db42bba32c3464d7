"""validation images also in the training set

It looks like the validation images are in the training set as well: that is a leak. The network
has seen them, so they cannot judge it. Take them out.

Breaks: Every image is in exactly
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
    train = order
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
