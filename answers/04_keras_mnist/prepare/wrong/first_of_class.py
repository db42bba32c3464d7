"""not shuffled

It looks like the first images of each class always make the validation set, and rng is not
used. What was written first may be unlike the rest: draw at random.

Breaks: Decides which images of a class are chosen
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = np.flatnonzero(labels == digit)
        chosen[rows[: round(fraction * len(rows))]] = True
    return {"train": (X[~chosen], labels[~chosen]), "validation": (X[chosen], labels[chosen])}
