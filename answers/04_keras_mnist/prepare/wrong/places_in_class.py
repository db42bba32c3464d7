"""places in a class taken for numbers of images

It looks like rng chooses places within the list of one class, and they are used as numbers of
images. Look each place up in that list first.
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    held_out = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = np.flatnonzero(labels == digit)
        chosen = rng.permutation(len(rows))[: round(fraction * len(rows))]
        held_out[chosen] = True
    return {
        "train": (X[~held_out], labels[~held_out]),
        "validation": (X[held_out], labels[held_out]),
    }
