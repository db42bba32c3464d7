"""a tuple in place of a dictionary

It looks like you return two pairs in a row. The docstring asks for a dictionary with the
entries "train" and "validation", so that nobody mixes them up.

Breaks: dict
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
    return (X[train], labels[train]), (X[validation], labels[validation])
