"""Plain Python, class by class."""


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    m = len(labels)
    X = [[pixel / 255 for row in image for pixel in row] for image in images]
    train, validation = [], []
    for digit in sorted(set(labels.tolist())):
        rows = [i for i in range(m) if labels[i] == digit]
        rows = [rows[k] for k in rng.permutation(len(rows))]
        cut = int(fraction * len(rows) + 0.5)
        validation += rows[:cut]
        train += rows[cut:]
    return {
        name: (np.array([X[i] for i in rows]), np.array([labels[i] for i in rows]))
        for name, rows in (("train", train), ("validation", validation))
    }
