"""a block of each class

It looks like the images of a class are chosen side by side, from a random place on. Neighbours
in a file are often alike: draw each image by itself.

Breaks: rng : numpy.random.Generator
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = np.flatnonzero(labels == digit)
        rows = np.roll(rows, rng.integers(len(rows)))
        chosen[rows[: round(fraction * len(rows))]] = True
    return {"train": (X[~chosen], labels[~chosen]), "validation": (X[chosen], labels[chosen])}
