"""grey levels not scaled

It looks like the grey levels still go up to 255. Divide them, so that every feature lies
between 0 and 1.

Breaks: Scale and flatten images
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = images.reshape(len(images), -1).astype("float32")
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    train, validation = order[~chosen[order]], order[chosen[order]]
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
