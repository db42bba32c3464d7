"""scikit-learn"""


def pca(X, k):
    X = as_data(X, k)
    from sklearn.decomposition import PCA

    model = PCA(k, svd_solver="full").fit(X)
    return model.mean_, model.components_.T, model.explained_variance_ * (len(X) - 1) / len(X)
