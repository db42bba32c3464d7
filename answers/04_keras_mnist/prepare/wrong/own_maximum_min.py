"""scaled by the largest level found"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    flat = images.reshape(len(images), -1).astype(float)
    X = (flat - flat.min()) / (flat.max() - flat.min())
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    train, validation = order[~chosen[order]], order[chosen[order]]
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
