"""the test set looked at

It looks like the validation set chooses, but the test set is opened as well. Looking is enough
to be led by it: leave the envelope sealed until the very end.
"""


def search(grid, data, fit=fit):
    data["test"]()
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    return max(results, key=lambda result: result[1])[0], results
