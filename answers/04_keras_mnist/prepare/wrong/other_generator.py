"""chance from elsewhere

It looks like the split does not depend on rng: it has a seed, or a generator, of its own. All
chance must come from rng, so that a run can be repeated and varied.

Breaks: the only source of chance
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    rng = np.random.default_rng(0)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    train, validation = order[~chosen[order]], order[chosen[order]]
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
