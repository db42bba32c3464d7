"""one dictionary for all

It looks like all results share one dictionary that is changed again and again, so that in the
end all say the same. Make a new one for each combination.
"""


def search(grid, data, fit=fit):
    settings, results = {}, []
    for values in itertools.product(*grid.values()):
        settings.update(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    return max(results, key=lambda result: result[1])[0], results
