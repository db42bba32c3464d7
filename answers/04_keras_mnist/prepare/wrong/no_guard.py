"""the stub's first lines are gone

It looks like the stub's first lines are gone. They turn lists into arrays and refuse what does
not fit: put them back above your own lines.

Breaks: images : array_like
Breaks: If the images are not
"""


def prepare(images, labels, rng, fraction=0.1):
    order = rng.permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    cuts = [round(fraction * len(group)) for group in groups]
    validation = np.concatenate([group[:cut] for group, cut in zip(groups, cuts)])
    train = np.concatenate([group[cut:] for group, cut in zip(groups, cuts)])
    X = np.divide(images, 255).reshape(len(labels), images[0].size)
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
