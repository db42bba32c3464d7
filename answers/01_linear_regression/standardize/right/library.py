"""scikit-learn's scaler."""


def standardize(X):
    X = as_arrays(X=X)[0]
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X)
    return scaler.transform(X), scaler.mean_, scaler.scale_
