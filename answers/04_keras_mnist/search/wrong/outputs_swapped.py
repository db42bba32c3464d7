"""results before the best

It looks like the list of results comes first. The docstring's order is the best settings, then
all that was tried.
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values, strict=True))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    best = max(results, key=lambda result: result[1])[0]
    return results, best
