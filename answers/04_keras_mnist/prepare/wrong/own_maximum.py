"""scaled by the largest level found

It looks like you divide by the largest level that happens to occur. Another sample would get
another ruler: full ink is 255, whether it occurs or not.

Breaks: Grey levels, 0 to 255
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = images.reshape(len(images), -1) / images.max()
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    train, validation = order[~chosen[order]], order[chosen[order]]
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
