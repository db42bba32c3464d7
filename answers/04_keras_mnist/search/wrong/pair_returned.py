"""a pair in place of the settings

It looks like the best pair of settings and accuracy is returned. Asked for first are the
settings alone, a dictionary.
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    return max(results, key=lambda r: r[1]), results
