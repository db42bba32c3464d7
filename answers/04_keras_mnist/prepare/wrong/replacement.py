"""drawn with replacement

It looks like images are drawn with replacement, so that some come twice and others not at all.
Every image belongs in exactly one set, once.
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    validation = []
    for digit in np.unique(labels):
        rows = np.flatnonzero(labels == digit)
        validation.extend(rng.choice(rows, size=round(fraction * len(rows))))
    rest = np.array([i for i in range(len(labels)) if i not in set(validation)])
    train = rng.choice(rest, size=len(rest))
    validation = np.array(validation)
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
