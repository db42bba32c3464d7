"""nothing returned

prepare returns None: is `return {…}` missing?
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = np.flatnonzero(labels == digit)
        chosen[rows[: round(fraction * len(rows))]] = True
    parts = {"train": (X[~chosen], labels[~chosen]), "validation": (X[chosen], labels[chosen])}
