"""labels not moved along

It looks like the images are put in another order and the labels are not. An image and its label
must move together: use the same rows for both.
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
    return {
        "train": (X[train], np.sort(labels[train])),
        "validation": (X[validation], np.sort(labels[validation])),
    }
