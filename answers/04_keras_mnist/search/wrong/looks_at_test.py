"""the test set chooses

It looks like the test set is opened to choose the settings. What has chosen can no longer
judge: choose by the validation set, and leave the envelope sealed.
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["test"]())))
    best = max(results, key=lambda result: result[1])[0]
    return best, results
