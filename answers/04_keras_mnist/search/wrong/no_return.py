"""nothing returned

search returns None: is `return best, results` missing?
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    best = max(results, key=lambda result: result[1])[0]
