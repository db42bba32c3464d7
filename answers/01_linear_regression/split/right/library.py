"""scikit-learn's splitter, twice."""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    from sklearn.model_selection import train_test_split

    m = len(y)
    seed = int(rng.integers(2**32))
    n_test, n_validation = round(fractions[2] * m), round(fractions[1] * m)
    X_rest, X_test, y_rest, y_test = train_test_split(X, y, test_size=n_test, random_state=seed)
    X_train, X_val, y_train, y_val = train_test_split(
        X_rest, y_rest, test_size=n_validation, random_state=seed
    )
    return [(X_train, y_train), (X_val, y_val), (X_test, y_test)]
