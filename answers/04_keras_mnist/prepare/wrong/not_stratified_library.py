"""not stratified"""


from sklearn.model_selection import train_test_split


def prepare(images, labels, rng, fraction=0.1):
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    X = images.reshape(len(images), -1) / 255
    seed = int(rng.integers(2**31))
    one, two, three, four = train_test_split(X, labels, test_size=fraction, random_state=seed)
    return {"train": (one, three), "validation": (two, four)}
