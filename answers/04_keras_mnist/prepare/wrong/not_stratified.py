"""not stratified

It looks like the validation images are drawn from all classes together, so that chance decides
how many of each there are. Take the same share of every class.

Breaks: The share of every class
"""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    order = rng.permutation(len(labels))
    cut = round(fraction * len(labels))
    train, validation = order[cut:], order[:cut]
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
