"""drawn with replacement"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    validation = np.concatenate([rng.choice(np.flatnonzero(labels == d), round(fraction * np.sum(labels == d))) for d in np.unique(labels)]); train = np.setdiff1d(order, validation)
    return {
        "train": (X[train], labels[train]),
        "validation": (X[validation], labels[validation]),
    }
