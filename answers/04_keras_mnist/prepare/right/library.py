"""With scikit-learn, its seed drawn from rng."""


from sklearn.model_selection import StratifiedShuffleSplit


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = images.reshape(len(images), -1) / 255.0
    splitter = StratifiedShuffleSplit(
        n_splits=1, test_size=fraction, random_state=int(rng.integers(2**31))
    )
    train, validation = next(splitter.split(X, labels))
    return {"train": (X[train], labels[train]), "validation": (X[validation], labels[validation])}
