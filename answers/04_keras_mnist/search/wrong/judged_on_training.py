"""the training set chooses

It looks like the settings are judged on the training set. There the largest network always
wins: judge on the validation set.

Breaks: Pairs (X, y) under "train" and
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["train"])))
    best = max(results, key=lambda result: result[1])[0]
    return best, results
