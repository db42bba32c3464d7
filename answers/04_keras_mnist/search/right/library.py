"""scikit-learn makes the grid."""


def search(grid, data, fit=fit):
    from sklearn.model_selection import ParameterGrid

    tried = list(ParameterGrid(grid))
    accuracies = [fit(settings, data["train"], data["validation"]) for settings in tried]
    return tried[int(np.argmax(accuracies))], list(zip(tried, accuracies))
